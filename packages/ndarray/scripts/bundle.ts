/** Bundles src into dist: what the exports of package.json name. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { type BuildOptions, build } from 'esbuild'

const ENTRIES = ['index', 'arrow', 'nifti', 'png', 'scijs', 'tiff', 'zarr'].map(name => `src/${name}.ts`)
const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
)

const options: BuildOptions = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  logLevel: 'warning',
}

// For Node, with core and pager inside: each module that an import has to find costs it 2 ms and more.
const packages = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
await build({
  ...options,
  entryPoints: ENTRIES,
  external: packages.filter(name => !name.startsWith('@ebb/')),
  outdir: 'dist',
})
// What those two look for beside themselves. The addon is there where a C compiler was.
for (const file of ['core/dist/ebb.wasm', 'core/dist/ebb.debug.wasm', 'pager/dist/pager.node']) {
  if (existsSync(`../${file}`)) copyFileSync(`../${file}`, `dist/${file.replace(/.*\//, '')}`)
}

// For a browser's bundler, which finds the browser's builds of both.
await build({ ...options, entryPoints: ENTRIES, packages: 'external', outdir: 'dist/browser' })

// For a browser alone: one folder, the .wasm in it.
await build({
  ...options,
  entryPoints: { ebb: 'src/index.ts' },
  conditions: ['browser'],
  outdir: 'dist/standalone',
})
copyFileSync('../core/dist/ebb.wasm', 'dist/standalone/ebb.wasm')

/** How each bundler packs app.js into a folder; without options where it needs none. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import * as vite from 'vite'
import webpack from 'webpack'

type Bundle = (source: string, target: string) => Promise<void>

/** The page, with the script where the bundler put it. */
async function copyPage(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  await cp(join(source, 'index.html'), join(target, 'index.html'))
}

export const bundlers: Record<string, Bundle> = {
  async vite(source, target) {
    await vite.build({
      root: source,
      base: './',
      logLevel: 'error',
      configFile: false,
      build: { outDir: target },
    })
  },

  async webpack(source, target) {
    const compiler = webpack({
      mode: 'production',
      context: source,
      entry: './app.js',
      output: { path: target, filename: 'app.js' },
    })
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
      compiler.run((error, result) => (error ? reject(error) : resolve(result))),
    )
    await new Promise(resolve => compiler.close(resolve))
    if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'))
    // A bundle of webpack's is a classic script or a module; the page loads it as a module.
    await copyPage(source, target)
  },

  // The .wasm is a second entry: esbuild copies it beside the bundle, where the bundle looks for it.
  async esbuild(source, target) {
    await esbuild.build({
      absWorkingDir: source,
      entryPoints: ['app.js', '@ebb/core/ebb.wasm'],
      loader: { '.wasm': 'copy' },
      entryNames: '[name]',
      bundle: true,
      format: 'esm',
      outdir: target,
      logLevel: 'error',
    })
    await copyPage(source, target)
  },

  // No bundler: the package's own bundle, by its place in node_modules.
  async script(source, target) {
    await copyPage(source, target)
    const standalone = createRequire(join(source, 'app.js')).resolve('@ebb/ndarray/standalone')
    await cp(join(standalone, '..'), join(target, 'ebb'), { recursive: true })
    const app = await readFile(join(source, 'app.js'), 'utf8')
    await writeFile(join(target, 'app.js'), app.replace("'@ebb/ndarray'", "'./ebb/ebb.js'"))
  },
}

const modules = new Map<string, WebAssembly.Module>()

/** The compiled module, with assertions or without: read from the disk at its first use. */
export function compiled(debug: boolean): WebAssembly.Module {
  const name = debug ? 'ebb.debug.wasm' : 'ebb.wasm'
  let module = modules.get(name)
  if (!module) {
    const { readFileSync } = process.getBuiltinModule('node:fs')
    module = new WebAssembly.Module(readFileSync(new URL(`../dist/${name}`, import.meta.url)))
    modules.set(name, module)
  }
  return module
}

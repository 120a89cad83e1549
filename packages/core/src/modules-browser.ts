/**
 * The compiled module in browsers, which cannot read a file and wait: it is fetched while this module is
 * loaded, so that all that is behind an `import` is as synchronous as elsewhere. Bundlers know the form of
 * `new URL('…', import.meta.url)` and take the .wasm along.
 */
const release = await fetchModule(new URL('./ebb.wasm', import.meta.url))

/** @throws Error for the build with assertions, which browsers do not load. */
export function compiled(debug: boolean): WebAssembly.Module {
  if (debug) throw new Error('the debug heap is not loaded in browsers: use it in Node, Deno or Bun')
  return release
}

/** Compiles while it loads, where the server names the type that engines ask for. */
async function fetchModule(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} cannot be fetched: ${response.status} ${response.statusText}`)
  const type = response.headers.get('content-type')
  if (type?.startsWith('application/wasm')) return WebAssembly.compileStreaming(response)
  return WebAssembly.compile(await response.arrayBuffer())
}

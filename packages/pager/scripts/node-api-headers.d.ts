/** The headers of Node-API as a package; it ships no types. */
declare module 'node-api-headers' {
  const headers: { readonly include_dir: string }
  export default headers
}

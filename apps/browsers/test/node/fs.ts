/** Stands in for node:fs where tests read their fixtures in a browser: the file is asked of the server. */
export function readFileSync(url: URL): string {
  const request = new XMLHttpRequest()
  request.open('GET', url, false)
  request.send()
  if (request.status !== 200) throw new Error(`${url}: ${request.status} ${request.statusText}`)
  return request.responseText
}

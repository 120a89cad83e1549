/** This package's folder (this file lies one below when it is not bundled): its frames are our own. */
const OWN = new URL('.', import.meta.url).href.replace(/^file:\/\//, '').replace(/heap\/$/, '')

/** Where the code outside this package stands that called: `file:line:column`, or undefined. */
export function callSite(): string | undefined {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 30
  const { stack } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  const frames = stack?.split('\n').slice(1) ?? []
  const outside = frames.find(frame => !frame.includes(OWN) && /:\d+:\d+\)?$/.test(frame))
  return outside?.replace(/^\s*at (?:.*\()?(?:file:\/\/)?/, '').replace(/\)$/, '')
}

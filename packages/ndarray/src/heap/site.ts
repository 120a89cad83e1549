const HERE = import.meta.url.replace(/^file:\/\//, '').replace(/[^/]*$/, '')
const PACKAGE = HERE.replace(/(?:dist|src\/heap)\/$/, '')
/** Folders whose frames are our own: the bundle, and the sources that a source map leads to. */
const OWN = PACKAGE === HERE ? [HERE] : [`${PACKAGE}dist/`, `${PACKAGE}src/`]

/** Where the code outside this package stands that called: `file:line:column`, or undefined. */
export function callSite(): string | undefined {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 30
  const { stack } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  const frames = stack?.split('\n').slice(1) ?? []
  const outside = frames.find(
    frame =>
      !/\bnode:/.test(frame) && !OWN.some(folder => frame.includes(folder)) && /:\d+:\d+\)?$/.test(frame),
  )
  return outside?.replace(/^\s*at (?:.*\()?(?:file:\/\/)?/, '').replace(/\)$/, '')
}

import * as nd from '@ebb/ndarray'

/** The names of the library in a text, such as `nd.memory.heap().dirty`. */
export function namesIn(prose: string): string[] {
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(match => match[1] as string)
  return [...new Set(inline.flatMap(code => code.match(/\bnd(?:\.\w+|\(\)|\[\d\])+/g) ?? []))]
}

/** What a name such as `nd.memory.heap().dirty` leads to. Functions that end it are not called. */
export function follow(path: string): unknown {
  let value: unknown = nd
  let owner: unknown
  const parts = path.match(/\.\w+|\(\)|\[\d\]/g) ?? []
  for (const [i, part] of parts.entries()) {
    if (part === '()') {
      if (i === parts.length - 1) break
      value = (value as () => unknown).call(owner)
      continue
    }
    owner = value
    const key = part.replace(/[.[\]]/g, '')
    if (typeof owner !== 'object' && typeof owner !== 'function') return undefined
    if (owner === null || !(key in owner)) return undefined
    value = (owner as Record<string, unknown>)[key]
  }
  return value ?? 'there, but without a value on this system'
}

/** What an example promises to print: the indented lines behind "Prints" in its opening comment. */
export function promisedLines(source: string): string[] {
  const comment = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(source)?.[1]
  if (comment === undefined) throw new Error('the script does not open with a comment')
  const lines = comment.split('\n').map(line => line.replace(/^ \* ?/, ''))
  const start = lines.findIndex(line => line.startsWith('Prints'))
  if (start < 0) throw new Error('the opening comment does not say what the script prints')
  const promised = lines.slice(start).filter(line => line.startsWith('    '))
  if (promised.length === 0) throw new Error('the opening comment promises no line')
  return promised.map(line => line.slice(4))
}

/**
 * The pattern of an output that keeps the promise: these lines and no others. `<n>` stands for a number, `…`
 * for any text in its line, a line that is only `…` for any number of lines.
 */
export function patternOf(lines: readonly string[]): RegExp {
  const parts = lines.map(line => (line === '…' ? '(?:.*\\n)*?' : `${linePattern(line)}\\n`))
  return new RegExp(`^${parts.join('')}$`)
}

function linePattern(line: string): string {
  return line
    .split(/(<n>|…)/)
    .map(part => {
      if (part === '…') return '.*'
      if (part === '<n>') return '-?\\d[\\d.,]*'
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
}

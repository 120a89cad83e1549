const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Text as it stands between tags, or in an attribute in double quotes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, character => ENTITIES[character] ?? character)
}

/** JSON that may stand in a script element: no text in it can end the element. */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** A figure with the sign that is as wide as a plus. */
export function withMinus(figure: string): string {
  return figure.replace(/^-/, '−')
}

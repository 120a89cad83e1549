/** The page's elements: found by their id, and made. */

type Children = (Node | string)[]

/** The element of this id. @throws Error when the page has none of this kind. */
export function byId<E extends Element>(id: string, kind: new () => E): E {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`internal: no ${kind.name} has the id ${id}`)
  return found
}

/** An element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

export function button(text: string, label: string, action: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', 'aria-label': label }, text)
  made.addEventListener('click', action)
  return made
}

export interface Part {
  /** Its class: what it is the share of. */
  readonly kind: string
  readonly amount: number
}

/** A bar that the parts share. What it says stands beside it in figures, so it is not spoken. */
export function shares(parts: readonly Part[]): HTMLElement {
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' })
  for (const { kind, amount } of parts) {
    if (amount === 0) continue
    const part = element('span', { class: kind })
    part.style.flexGrow = String(amount)
    bar.append(part)
  }
  return bar
}

/** A term with its value, for a list of figures. */
export function figure(term: string, value: string, kind = ''): HTMLElement {
  return element('div', kind ? { class: kind } : {}, element('dt', {}, term), element('dd', {}, value))
}

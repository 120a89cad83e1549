import { parseHTML } from 'linkedom'
import { escapeText } from './html.ts'

/** The DOM that the plotting library draws into. */
export const document: Document = parseHTML('<!doctype html><html><body></body></html>').document

/**
 * A drawing as text, with a title and a description for those who do not see it. The style that the library
 * adds is left out: the page has its own.
 */
export function serialise(svg: Element, title: string, description: string): string {
  for (const style of svg.querySelectorAll('style')) style.remove()
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.setAttribute('role', 'img')
  const { outerHTML } = svg
  const behind = outerHTML.indexOf('>') + 1
  const head = `<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>`
  return outerHTML.slice(0, behind) + head + outerHTML.slice(behind)
}

import type { Documented } from './declarations.ts'
import type { Entry } from './entries.ts'

/** The pages of the reference, by their paths in its folder: one a file of declarations, and an index. */
export function pagesOf(entries: readonly Entry[]): Map<string, string> {
  const byPage = new Map<string, Entry[]>()
  for (const entry of entries) byPage.set(entry.page, [...(byPage.get(entry.page) ?? []), entry])
  const links = linksTo(entries)
  const pages = new Map([['README.md', indexOf(byPage)]])
  for (const [page, members] of byPage) pages.set(`${page}.md`, pageOf(page, members, links))
  return pages
}

/** Where an entry is described, by the names that comments and signatures know it by. */
type Links = ReadonlyMap<string, { page: string; anchor: string }>

function linksTo(entries: readonly Entry[]): Links {
  const links = new Map<string, { page: string; anchor: string }>()
  for (const { name, aliases, page, members } of entries) {
    for (const known of [name, ...aliases])
      links.set(known.replace(/^.*\./, ''), { page, anchor: anchorOf(name) })
    const short = name.replace(/^.*\./, '')
    for (const member of members) {
      links.set(`${short}.${member.name}`, { page, anchor: anchorOf(`${short}.${member.name}`) })
    }
  }
  return links
}

function indexOf(byPage: ReadonlyMap<string, Entry[]>): string {
  const rows = [...byPage].map(([page, entries]) => {
    const names = entries.map(({ name }) => `[${name}](${page}.md#${anchorOf(name)})`)
    return `| [${page}](${page}.md) | ${names.join(', ')} |`
  })
  return `# Reference\n\nMade from the comments of the sources.\n\n| page | names |\n| --- | --- |\n${rows.join('\n')}\n`
}

function pageOf(page: string, entries: readonly Entry[], links: Links): string {
  const imports = [...new Set(entries.map(importOf))]
  const parts = entries.map(entry => entryOf(entry, links))
  return `# ${page}\n\n${fenced(imports.join('\n'))}\n${parts.join('\n')}`
}

function importOf({ name, from }: Entry): string {
  return name.startsWith('nd.') ? `import * as nd from '${from}'` : `import { … } from '${from}'`
}

function entryOf(entry: Entry, links: Links): string {
  const { name, aliases, members, page } = entry
  const also = aliases.length > 0 ? `Also \`${aliases.join('`, `')}\`.\n\n` : ''
  const short = name.replace(/^.*\./, '')
  const parts = members.map(member => {
    return `### ${short}.${member.name}\n\n${describe(member, page, links, short)}`
  })
  return `## ${name}\n\n${also}${describe(entry, page, links, short)}${parts.map(part => `\n${part}`).join('')}`
}

/** The signatures, what the comment says, and links to what the signatures name. */
function describe({ signatures, comment }: Documented, page: string, links: Links, of: string): string {
  const names = new Set(signatures.join('\n').match(/\b[A-Z]\w+/g))
  names.delete(of)
  const linked = [...names].filter(name => links.has(name)).map(name => link(name, name, page, links))
  const types = linked.length > 0 ? `\nTypes: ${linked.join(', ')}\n` : ''
  const text = textOf(comment, target => link(target, target, page, links), of, links)
  return `${fenced(signatures.join('\n'))}${text === '' ? '' : `\n${text}\n`}${types}`
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\`\n`
}

/** The text of a comment, its tags as a list. */
function textOf(comment: string, linkTo: (target: string) => string, of: string, links: Links): string {
  const [text = '', ...tags] = comment
    .replace(/\{@link ([\w.]+)\}/g, (_, target) =>
      linkTo(links.has(`${of}.${target}`) ? `${of}.${target}` : target),
    )
    .split(/^@(?=(?:param|returns|throws|example)\b)|(?<=\. )@(?=throws\b)/m)
  return [text.trim(), ...tags.map(tagOf)].filter(part => part !== '').join('\n\n')
}

function tagOf(tag: string): string {
  const [, kind = '', said = ''] = /^(\w+)\s*([\s\S]*)$/.exec(tag) ?? []
  const text = said.trim()
  if (kind === 'example') return text.includes('```') ? text : fenced(text).trimEnd()
  if (kind === 'param') return `- ${text.replace(/^(\w+)(?: -)?/, '`$1`:')}`
  return `- ${kind === 'returns' ? 'Returns' : 'Throws'}: ${text}`
}

/** @throws Error for a name that is described nowhere. */
function link(text: string, target: string, page: string, links: Links): string {
  const found = links.get(target)
  if (!found) throw new Error(`${page}: {@link ${target}} leads nowhere`)
  const up = '../'.repeat(page.split('/').length - 1)
  return `[\`${text}\`](${found.page === page ? '' : `${up}${found.page}.md`}#${found.anchor})`
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\w-]/g, '')
}

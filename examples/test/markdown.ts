import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The root of the repository. */
export const ROOT = new URL('../../', import.meta.url)

/** A fenced block of code, and what its document says about running it in comments that no reader sees. */
export interface Block {
  /** Number of the block's first line in its document. */
  line: number
  language: string
  code: string
  /** `<!-- not run: why -->` before it. */
  notRun?: string
  /** `<!-- first: code -->` before it: what a reader has already, such as a volume. */
  first?: string
  /** `<!-- prints: lines -->` before it, where what it prints differs from machine to machine. */
  prints?: string
}

export interface Document {
  /** Path from the root. */
  name: string
  url: URL
  text: string
  /** The text without blocks and comments. */
  prose: string
  blocks: Block[]
}

/** All documents that are written by hand. */
export function readDocuments(): Document[] {
  const folders = ['packages/', 'apps/'].flatMap(folder =>
    readdirSync(new URL(folder, ROOT)).map(name => `${folder}${name}/`),
  )
  return ['', 'docs/', ...folders].flatMap(markdownIn).map(readDocument)
}

function markdownIn(folder: string): string[] {
  const url = new URL(folder, ROOT)
  return readdirSync(url)
    .filter(name => name.endsWith('.md'))
    .map(name => folder + name)
}

/** Reads a document by its path from the root. */
export function readDocument(name: string): Document {
  const url = new URL(name, ROOT)
  const text = readFileSync(url, 'utf8')
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '')
  return { name, url, text, prose, blocks: blocksOf(text) }
}

const FENCE = /((?:^<!-- (?:first|prints|not run):(?:(?!-->)[\s\S])*-->\n+)*)^```(\w*)\n([\s\S]*?)^```$/gm
const MARKER = /<!-- (first|prints|not run):\s*([\s\S]*?)\s*-->/g

/** The blocks of code of a text, with their markers. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(match => {
    const [, markers = '', language = '', code = ''] = match
    const line = text.slice(0, match.index + markers.length).split('\n').length
    const block: Block = { line, language, code }
    for (const [, kind, content = ''] of markers.matchAll(MARKER)) {
      block[kind === 'not run' ? 'notRun' : (kind as 'first' | 'prints')] = content
    }
    return block
  })
}

/** A script made of the blocks of a document that belong together, and the lines that it must print. */
export interface Program {
  line: number
  code: string
  printed: string[]
}

/**
 * The programs of a document: a `ts` block that imports something begins one, those that import nothing go on
 * with it. A line `console.log(…) // x` prints x; a `text` block behind one is what it prints.
 */
export function programsOf({ blocks }: Pick<Document, 'blocks'>): Program[] {
  const programs: Program[] = []
  for (const [i, block] of blocks.entries()) {
    if (block.language !== 'ts' || block.notRun) continue
    if (/^import /m.test(block.code)) programs.push({ line: block.line, code: '', printed: [] })
    const program = programs.at(-1)
    if (!program) throw new Error(`line ${block.line}: the first block of a document imports what it needs`)
    program.code += `${block.first ?? ''}\n${block.code}`
    const next = blocks[i + 1]
    if (block.prints !== undefined) program.printed.push(...block.prints.split('\n'))
    else if (next?.language === 'text') program.printed.push(...next.code.trimEnd().split('\n'))
    else program.printed.push(...promised(block))
  }
  return programs
}

/** What the comments behind `console.log(…)` say. */
function promised({ code, line }: Block): string[] {
  return [...code.matchAll(/^.*\bconsole\.log\(.*$/gm)].map(([call]) => {
    const said = /\) \/\/ (.*)$/.exec(call)?.[1]
    if (said === undefined) throw new Error(`the block in line ${line} does not say what it prints: ${call}`)
    return said
  })
}

/** A document's code without comments, which translations of the document may translate. */
export function bare(code: string): string {
  return code.replace(/ *(\/\/|#) .*$/gm, '').trim()
}

/** The links of a document that lead into the repository: path and anchor. */
export function linksOf({ prose }: Document): string[] {
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1] as string)
  return [...new Set(links)].filter(link => !/^[a-z]+:/.test(link))
}

/** Whether a link of a document leads to a file, and to a heading of it where it names one. */
export function resolves({ url }: Pick<Document, 'url'>, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? url : new URL(path, url)
  if (!existsSync(target)) return false
  return anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(decodeURIComponent(anchor))
}

/** The anchors of a text's headings, as they are commonly made. */
export function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  )
}

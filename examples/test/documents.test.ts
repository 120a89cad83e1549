/** Every document: its links lead somewhere, what it names exists, its code is right in types, and prints what the text says. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow, namesIn } from './follow.ts'
import { type Block, bare, linksOf, programsOf, ROOT, readDocuments, resolves } from './markdown.ts'
import { patternOf } from './promise.ts'

const run = promisify(execFile)
const root = fileURLToPath(ROOT)
const env = { ...process.env, NODE_OPTIONS: '', EBB_MALLOC: '', EBB_PAGER: '' }

const documents = readDocuments()
const TRANSLATION = '.zh-CN'
const isTranslation = ({ name }: { name: string }) => name.includes(TRANSLATION)

describe.each(documents)('$name', document => {
  it('links to what there is', () => {
    expect(linksOf(document).filter(link => !resolves(document, link))).toEqual([])
  })

  it('names what there is', () => {
    expect(namesIn(document.prose).filter(name => follow(name) === undefined)).toEqual([])
  })

  it('says of each block what it is', () => {
    const languages = document.blocks.map(({ language }) => language)
    expect(languages.filter(language => !['ts', 'sh', 'text', 'html'].includes(language))).toEqual([])
    expect(document.blocks.length * 2).toBe(document.text.match(/^```/gm)?.length ?? 0)
  })

  it('gives reasons for what is not run', () => {
    for (const { notRun } of document.blocks) if (notRun !== undefined) expect(notRun).toMatch(/\w+ \w+/)
  })

  const shells = document.blocks.filter(({ language }) => language === 'sh')

  it.each(shells.map(block => [block.line, block] as const))('commands of line %i', async (_, block) => {
    for (const complaint of complaints(block)) expect.soft(complaint).toBe('')
    if (block.notRun === undefined && !isTranslation(document))
      await run('bash', ['-euo', 'pipefail', '-c', block.code], { cwd: root, env })
  })
})

// Whose blocks are therefore not run.
describe.each(documents.filter(isTranslation))('$name', ({ name, prose, blocks }) => {
  const original = documents.find(other => other.name === name.replace(TRANSLATION, ''))

  it('has the parts and the links of its original', () => {
    const marks = (of = '') =>
      of.match(/^(#+ |- |\| |!\[)|\]\([^)]+\)/gm)?.filter(mark => !mark.includes('README'))
    expect(marks(prose)).toEqual(marks(original?.prose))
  })

  it('has the code of its original', () => {
    const code = (of: Block[] = []) => of.map(block => [block.language, bare(block.code)])
    expect(code(blocks)).toEqual(code(original?.blocks))
  })
})

it('the examples are each linked to', () => {
  const links = documents.flatMap(document => linksOf(document).map(link => new URL(link, document.url).href))
  const scripts = readdirSync(new URL('examples/', ROOT)).filter(name => /^[\w-]+\.ts$/.test(name))
  expect(scripts.filter(name => !links.includes(new URL(`examples/${name}`, ROOT).href))).toEqual([])
})

/** What a block of commands names and is not there: scripts of the root, and files. */
function complaints({ code }: Block): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))
  const wanted = [...code.matchAll(/pnpm@12 ([\w-]+)/g)].map(match => match[1] as string)
  const files = [...code.matchAll(/(?<=\s)(?:apps|packages|tools|examples|\.ci)\/[\w./-]+/g)]
  const there = (path: string) =>
    existsSync(new URL(path.replace('/dist/', '/src/').replace(/\.js$/, '.ts'), ROOT))
  return [
    ...wanted
      .filter(script => script !== 'install' && !(script in scripts))
      .map(script => `no script ${script}`),
    ...files.filter(([path]) => !there(path)).map(([path]) => `no file ${path}`),
  ]
}

const programs = documents
  .filter(document => !isTranslation(document))
  .flatMap(document => programsOf(document).map(program => ({ ...program, name: document.name })))

describe('the code', () => {
  const folder = mkdtempSync(fileURLToPath(new URL('../.blocks-', import.meta.url)))
  const files = programs.map((program, i) => ({ ...program, file: `block${i}.ts` }))

  beforeAll(() => {
    for (const { file, code } of files) writeFileSync(`${folder}/${file}`, `${code}\nexport {}\n`)
    const config = { extends: '../tsconfig.json', include: ['*.ts'] }
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is right in types', async () => {
    const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT))
    const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch(error => error)
    const where = files.map(({ file, name, line }) => `${file}: ${name}, line ${line}`)
    expect(stdout === '' ? '' : `${stdout}\n${where.join('\n')}`).toBe('')
  })

  it.each(files)('$name, line $line', async ({ file, printed }) => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', file], { cwd: folder, env })
    if (!patternOf(printed).test(stdout)) expect(stdout).toBe(printed.map(line => `${line}\n`).join(''))
  })
})

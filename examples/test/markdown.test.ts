import { describe, expect, it } from 'vitest'
import { anchorsOf, bare, blocksOf, programsOf } from './markdown.ts'

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\`\n`

describe('the blocks of a text', () => {
  it('have a line, a language and code', () => {
    expect(blocksOf(`# A\n\n${fence('ts', 'a\nb')}`)).toEqual([{ line: 3, language: 'ts', code: 'a\nb\n' }])
  })

  it('have the markers that stand before them', () => {
    const text = `<!-- other -->\n<!-- first: x\ny -->\n<!-- prints: <n> -->\n${fence('ts', 'a')}${fence('sh', 'b')}`
    expect(blocksOf(text)).toEqual([
      { line: 5, language: 'ts', code: 'a\n', first: 'x\ny', prints: '<n>' },
      { line: 8, language: 'sh', code: 'b\n' },
    ])
    expect(blocksOf(`<!-- not run: it takes hours -->\n\n${fence('sh', 'a')}`)[0]?.notRun).toBe(
      'it takes hours',
    )
  })
})

describe('the programs of a document', () => {
  const programs = (text: string) => programsOf({ blocks: blocksOf(text) })

  it('begin where something is imported', () => {
    const text = ["import 'a'", 'b', "import 'c'"].map(code => fence('ts', code)).join('')
    expect(programs(text).map(({ code }) => code.trim().split(/\n+/))).toEqual([
      ["import 'a'", 'b'],
      ["import 'c'"],
    ])
    expect(() => programs(fence('ts', 'b'))).toThrow(/imports/)
  })

  it('print what comments say, or the text behind them', () => {
    const code = "import 'a'\nconsole.log(1) // 1\nif (x) console.log(f(2)) // 2"
    expect(programs(fence('ts', code))[0]?.printed).toEqual(['1', '2'])
    expect(programs(fence('ts', code) + fence('text', ' 1\n2'))[0]?.printed).toEqual([' 1', '2'])
    expect(programs(`<!-- prints: 3\n4 -->\n${fence('ts', code)}`)[0]?.printed).toEqual(['3', '4'])
    expect(() => programs(fence('ts', "import 'a'\nconsole.log(1)"))).toThrow(/does not say/)
  })

  it('are without what is not run', () => {
    expect(programs(`<!-- not run: no network -->\n${fence('ts', 'a')}`)).toEqual([])
  })
})

it('code is compared without its comments', () => {
  expect(bare('a // one\nb    # two\n')).toBe('a\nb')
})

it('anchors are those of the headings', () => {
  expect(anchorsOf('# A `b`: c\n\n## 内存 d_e\n')).toEqual(['a-b-c', '内存-d_e'])
})

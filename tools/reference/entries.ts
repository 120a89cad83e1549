import { readFileSync } from 'node:fs'
import { DeclarationFile, type Declared, type Member } from './declarations.ts'

/** A name that a package exports, and what it is. */
export interface Entry extends Pick<Declared, 'comment' | 'signatures'> {
  /** As it is written behind an import: `nd.random.Generator`, or `readPng`. */
  name: string
  /** The other names that it is exported under. */
  aliases: string[]
  /** Of a class: its members, and those of the classes below it that are not exported themselves. */
  members: Member[]
  /** What must be imported for it. */
  from: string
  /** The page that it is on: the path of its file, without its ending. */
  page: string
}

/** A way into a package: what is imported, from where, and the file that declares it. */
interface Entrance {
  from: string
  /** The name under which all of it is imported, or '' where names are imported one by one. */
  prefix: string
  file: string
}

/** The ways into a package that its package.json names, each file once. */
function entrancesOf(folder: URL, prefix: string): Entrance[] {
  const { name, exports } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  const entrances = new Map<string, Entrance>()
  for (const [path, target] of Object.entries(exports as Record<string, { types?: string }>)) {
    if (!target.types) continue
    const file = new URL(target.types, folder).pathname
    const from = name + path.slice(1)
    if (!entrances.has(file)) entrances.set(file, { from, prefix: path === '.' ? prefix : '', file })
  }
  return [...entrances.values()]
}

/** Everything that the packages export, in the order of their files. Needs their declarations: a build. */
export function readEntries(root: URL): Entry[] {
  const pages = [
    { folder: new URL('packages/ndarray/', root), prefix: 'nd', under: '' },
    { folder: new URL('packages/pager/', root), prefix: '', under: 'pager/' },
  ]
  const entries = pages.flatMap(({ folder, prefix, under }) =>
    entrancesOf(folder, prefix).flatMap(entrance => {
      const dist = new URL('dist/', folder).pathname
      return new Reader(dist, under).read(entrance.file, entrance.prefix, entrance.from)
    }),
  )
  return entries.sort((a, b) => (a.page < b.page ? -1 : Number(a.page > b.page)))
}

class Reader {
  readonly #files = new Map<string, DeclarationFile>()
  readonly #entries = new Map<Declared, Entry>()

  readonly #dist: string
  readonly #under: string

  /** @param under What the paths of pages begin with. */
  constructor(dist: string, under: string) {
    this.#dist = dist
    this.#under = under
  }

  /** Adds what a file exports, and returns all entries so far. */
  read(path: string, prefix: string, from: string): Entry[] {
    const { exported, names, stars } = this.#file(path)
    for (const star of stars) this.read(star, prefix, from)
    for (const own of exported) {
      const meaning = names.get(own)
      const name = prefix === '' ? own : `${prefix}.${own}`
      if (meaning?.kind === 'namespace') this.read(meaning.file, name, from)
      else this.#add(name, from, ...this.#find(path, own))
    }
    return [...this.#entries.values()]
  }

  #add(name: string, from: string, file: DeclarationFile, declared: Declared): void {
    const known = this.#entries.get(declared)
    if (known) known.aliases.push(name)
    else {
      const page = this.#under + file.path.slice(this.#dist.length).replace(/\.d\.ts$/, '')
      const { comment, signatures } = declared
      const members = this.#members(file, declared)
      this.#entries.set(declared, { name, aliases: [], from, page, comment, signatures, members })
    }
  }

  /** The members of a class and of those below it, but for what it has itself. */
  #members(file: DeclarationFile, { members = [], base }: Declared): Member[] {
    const meaning = base === undefined ? undefined : file.names.get(base)
    if (base === undefined || !meaning) return members
    const own = new Set(members.map(({ name }) => name))
    const inherited = this.#members(...this.#find(file.path, base))
    return [...members, ...inherited.filter(({ name }) => !own.has(name) && name !== 'constructor')]
  }

  /** The declaration that a name in a file leads to. */
  #find(path: string, name: string): [DeclarationFile, Declared] {
    const file = this.#file(path)
    const meaning = file.names.get(name)
    if (meaning?.kind === 'declared') return [file, meaning]
    if (meaning?.kind !== 'elsewhere') throw new Error(`${path}: no declaration of ${name}`)
    return this.#find(meaning.file, meaning.name)
  }

  #file(path: string): DeclarationFile {
    const file = this.#files.get(path) ?? new DeclarationFile(path)
    this.#files.set(path, file)
    return file
  }
}

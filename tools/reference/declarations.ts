import { readFileSync } from 'node:fs'
import { type ESTree, parseSync } from 'vite'

/** A comment, and the declarations in a row that it stands before: overloads share one. */
export interface Documented {
  /** Text of the comment, without its stars. */
  comment: string
  /** Source texts of the declarations, without `export declare`. */
  signatures: string[]
}

/** What a name means in a file: declarations, or an export of another file. */
export type Meaning = Declared | Elsewhere | Namespace

export interface Declared extends Documented {
  kind: 'declared'
  /** Of a class: what it has, and the name of the class that it extends. */
  members?: Member[]
  base?: string
}

interface Elsewhere {
  kind: 'elsewhere'
  file: string
  name: string
}

interface Namespace {
  kind: 'namespace'
  file: string
}

/** A method, a property or an accessor of a class. */
export interface Member extends Documented {
  name: string
}

/** The names in a file of declarations, as `tsc` emits them. */
export class DeclarationFile {
  readonly path: string
  readonly names = new Map<string, Meaning>()
  /** The names that other files can import. */
  readonly exported = new Set<string>()
  /** The files all of whose names it exports, too. */
  readonly stars: string[] = []
  readonly #text: string
  readonly #comments: readonly { end: number; start: number; value: string }[]

  constructor(path: string) {
    this.path = path
    this.#text = readFileSync(path, 'utf8')
    const { program, comments, errors } = parseSync(path, this.#text)
    if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
    this.#comments = comments
    for (const statement of program.body) this.#read(statement)
  }

  #read(statement: ESTree.Program['body'][number]): void {
    if (statement.type === 'ImportDeclaration' || statement.type === 'ExportAllDeclaration') {
      this.#link(statement)
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) this.#declare(statement.declaration, statement.start, true)
      for (const { local, exported } of statement.specifiers) {
        const [name, from] = [nameOf(exported), nameOf(local)]
        this.exported.add(name)
        if (statement.source) this.#elsewhere(name, statement.source.value, from)
        else if (from !== name) this.names.set(name, { kind: 'elsewhere', file: this.path, name: from })
      }
    } else if ('id' in statement || statement.type === 'VariableDeclaration') {
      this.#declare(statement as ESTree.Declaration, statement.start, false)
    }
  }

  #link(statement: ESTree.ImportDeclaration | ESTree.ExportAllDeclaration): void {
    const file = statement.source.value
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ImportSpecifier') continue
        this.#elsewhere(specifier.local.name, file, nameOf(specifier.imported))
      }
      return
    }
    if (!statement.exported) {
      this.stars.push(this.#resolve(file))
      return
    }
    const name = nameOf(statement.exported)
    this.exported.add(name)
    this.names.set(name, { kind: 'namespace', file: this.#resolve(file) })
  }

  #elsewhere(name: string, file: string, from: string): void {
    if (file.startsWith('.'))
      this.names.set(name, { kind: 'elsewhere', file: this.#resolve(file), name: from })
  }

  #resolve(file: string): string {
    return new URL(file.replace(/\.ts$/, '.d.ts'), `file://${this.path}`).pathname
  }

  #declare(declaration: ESTree.Declaration, start: number, exported: boolean): void {
    const ids =
      'declarations' in declaration ? declaration.declarations.map(({ id }) => id) : [declaration.id]
    const signature = this.#signature(declaration)
    const comment = this.#commentBefore(start)
    for (const id of ids) {
      if (id?.type !== 'Identifier') continue
      if (exported) this.exported.add(id.name)
      const known = this.names.get(id.name)
      if (known?.kind === 'declared') known.signatures.push(signature)
      else
        this.names.set(id.name, {
          kind: 'declared',
          comment,
          signatures: [signature],
          ...this.#class(declaration),
        })
    }
  }

  #class(declaration: ESTree.Declaration): Pick<Declared, 'members' | 'base'> {
    if (declaration.type !== 'ClassDeclaration') return {}
    const { superClass, body } = declaration
    const members = new Map<string, Member>()
    for (const item of body.body) {
      if (!('key' in item) || item.key.type === 'PrivateIdentifier') continue
      if ('accessibility' in item && item.accessibility) continue
      const name = this.#text.slice(item.key.start, item.key.end)
      const comment = this.#commentBefore(item.start)
      const known = members.get(name)
      if (known) known.signatures.push(this.#signature(item))
      else if (!comment.includes('@internal'))
        members.set(name, { name, comment, signatures: [this.#signature(item)] })
    }
    return {
      members: [...members.values()],
      ...(superClass?.type === 'Identifier' && { base: superClass.name }),
    }
  }

  /** The source text of a declaration; of a class, without its members. */
  #signature(node: ESTree.Declaration | ESTree.ClassElement): string {
    const end = node.type === 'ClassDeclaration' ? node.body.start : node.end
    const text = this.#text.slice(node.start, end).trim()
    return text
      .replace(/^declare /, '')
      .replace(/import\("[^"]*"\)\./g, '')
      .replace(/;$/, '')
      .replace(/^ {4}/gm, '  ')
  }

  #commentBefore(start: number): string {
    const comment = this.#comments.findLast(({ end }) => end <= start)
    if (!comment?.value.startsWith('*') || this.#text.slice(comment.end, start).trim() !== '') return ''
    return comment.value.replace(/^\s*\*+ ?/gm, '').trim()
  }
}

function nameOf(node: { name: string } | { value: string }): string {
  return 'name' in node ? node.name : node.value
}

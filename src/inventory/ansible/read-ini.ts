import { type SourcePlace, UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { atPlace } from '../at-place.js'
import { suggestNames } from '../nearest.js'
import { expandHostPattern } from './host-pattern.js'
import { readLiteral } from './read-literal.js'
import { splitWords } from './split-words.js'
import { addGroup, addHost, type HostTree, setGroupVariable } from './tree.js'

// [web:children] # and a comment
const SECTION = /^\[([^:\]\s]+)(?::([\p{L}\p{N}_]+))?\]\s*(?:#.*)?$/u

// eu # and a comment
const GROUP_NAME = /^([^:\]\s]+)\s*(?:#.*)?$/

type Kind = 'hosts' | 'children' | 'vars'

/** A group that something refers to before it is defined, and the mistake if it never is. */
type Pending = Map<string, () => UserError>

/** Reads an INI inventory of Ansible into the tree (`plugins/inventory/ini.py`). Throws UserError where Ansible refuses it. */
export function readIni(text: string, file: string, tree: HostTree): void {
  let section: { name: string; kind: Kind } = { name: 'ungrouped', kind: 'hosts' }
  const defined = new Set(['all', 'ungrouped', ...tree.groups.keys()])
  const pending: Pending = new Map()
  text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).forEach((written, index) => {
    const line = written.trim()
    const place = { file, line: index + 1 }
    if (line === '' || line.startsWith(';') || line.startsWith('#')) return
    const opened = readSection(line, place)
    if (opened) section = opened
    if (opened) openSection(opened, place, { tree, defined, pending })
    else if (section.kind === 'hosts') readHosts(line, section.name, place, tree)
    else if (section.kind === 'vars') readVariable(line, section.name, place, tree)
    else readChild(line, section.name, place, { tree, defined, pending })
  })
  for (const explain of pending.values()) throw explain()
}

function readSection(line: string, place: SourcePlace): { name: string; kind: Kind } | undefined {
  const [, name, kind = 'hosts'] = SECTION.exec(line) ?? []
  if (name !== undefined && isKind(kind)) return { name, kind }
  if (name !== undefined) {
    const mend = t`write [${name}], [${name}:children] or [${name}:vars]`
    throw new UserError(t`the section ${line} has the unknown type '${kind}'`, { place, mend })
  }
  if (!line.startsWith('[') || !line.endsWith(']')) return undefined
  throw new UserError(t`${line} is not a section`, {
    place,
    mend: t`write a name without spaces, as in [web] or [web:vars]`,
  })
}

function isKind(word: string): word is Kind {
  return word === 'hosts' || word === 'children' || word === 'vars'
}

interface Definitions {
  tree: HostTree
  defined: Set<string>
  pending: Pending
}

function openSection({ name, kind }: { name: string; kind: Kind }, place: SourcePlace, known: Definitions): void {
  addGroup(known.tree, name)
  if (kind !== 'vars') {
    known.defined.add(name)
    known.pending.delete(name)
  } else if (!known.defined.has(name) && !known.pending.has(name)) {
    known.pending.set(name, () =>
      explainUndefined(name, t`[${name}:vars] is for the group '${name}', which is not defined`, place, known),
    )
  }
}

function readChild(line: string, parent: string, place: SourcePlace, known: Definitions): void {
  const [, child] = GROUP_NAME.exec(line) ?? []
  if (child === undefined) {
    throw new UserError(t`'${line}' is not the name of a group`, { place, mend: t`write one group a line` })
  }
  if (!known.defined.has(child) && !known.pending.has(child)) {
    known.pending.set(child, () =>
      explainUndefined(child, t`[${parent}:children] names the group '${child}', which is not defined`, place, known),
    )
  }
  addGroup(known.tree, parent).children.set(child, place)
}

function explainUndefined(name: string, message: string, place: SourcePlace, { defined }: Definitions): UserError {
  return new UserError(message, { place, mend: suggestNames(name, defined) })
}

function readVariable(line: string, group: string, place: SourcePlace, tree: HostTree): void {
  const at = line.indexOf('=')
  if (at < 0) {
    throw new UserError(t`a line in [${group}:vars] must be name=value`, {
      place,
      mend: t`write the value behind a =`,
    })
  }
  const given = { value: readLiteral(line.slice(at + 1).trim()), place }
  setGroupVariable(addGroup(tree, group), line.slice(0, at).trim(), given)
}

function readHosts(line: string, group: string, place: SourcePlace, tree: HostTree): void {
  const [pattern = '', ...words] = splitLine(line, place)
  if (pattern === '---') {
    throw new UserError(t`'---' begins a YAML file, and this is read as INI`, { place, mend: t`take the line out` })
  }
  const assignments = words.map((word) => readAssignment(word, line, place))
  const { names, port } = atPlace(place, () => expandHostPattern(pattern))
  for (const name of names) {
    const isNew = !tree.hosts.has(name)
    const { variables } = addHost(tree, name, place, addGroup(tree, group))
    if (isNew && port !== undefined) variables.set('ansible_port', { value: port, place })
    for (const [key, value] of assignments) variables.set(key, { value, place })
  }
}

function splitLine(line: string, place: SourcePlace): string[] {
  try {
    return splitWords(line, { comments: true })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UserError(t`the line cannot be read: ${error.message}`, {
      place,
      mend: t`close the quote, or take it out`,
    })
  }
}

function readAssignment(word: string, line: string, place: SourcePlace): [string, unknown] {
  const at = word.indexOf('=')
  if (at >= 0) return [word.slice(0, at), readLiteral(word.slice(at + 1))]
  const [host = ''] = line.split(/\s/)
  throw new UserError(t`a word behind the host '${host}' must be name=value`, {
    place,
    mend: t`put a value with spaces in quotes; one host stands on a line`,
  })
}

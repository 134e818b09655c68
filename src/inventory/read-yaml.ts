import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { type SourcePlace, UserError } from '../errors.js'
import { InventoryError } from './inventory-error.js'
import { explainSyntax, findMistakes } from './yaml-mistakes.js'

/** The data of a YAML file, and where each piece of it stands. */
export interface YamlFile {
  data: unknown
  /** The place of the value at a path of keys and indexes, or of its key. What is missing has the place of what would hold it. */
  placeOf(path: readonly PropertyKey[], what?: 'key' | 'value'): SourcePlace
}

/** Reads YAML text. Throws InventoryError for what is not YAML and for every key that stands twice. */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter()
  // Keys that stand twice are looked for here: the parser's own check misplaces them after an empty value.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false })
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  // After the first syntax error the parser guesses, so that the others mislead.
  const [syntaxError] = document.errors
  if (syntaxError) throw new InventoryError([explainSyntax(syntaxError, text, placeAt)])
  const mistakes = findMistakes(document, placeAt)
  if (mistakes.length > 0) throw new InventoryError(mistakes)
  return {
    data: toData(document, file),
    placeOf: (path, what = 'value') => placeAt(findOffset(document, path, what)),
  }
}

/** Aliases that would unfold into gigabytes show only here. */
function toData(document: Document, file: string): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw new UserError('the aliases unfold into too much', { place: { file }, mend: 'write the values out', cause })
  }
}

interface Entry {
  key?: unknown
  value: unknown
}

function findOffset(document: Document, path: readonly PropertyKey[], what: 'key' | 'value'): number {
  let at: Entry = { value: document.contents }
  for (const step of path) {
    const inner = enter(isAlias(at.value) ? at.value.resolve(document) : at.value, step)
    if (inner === undefined) break
    at = inner
  }
  const isEmpty = isScalar(at.value) && at.value.value === null
  return startOf(what === 'key' || isEmpty ? (at.key ?? at.value) : at.value)
}

function enter(node: unknown, step: PropertyKey): Entry | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && key.value === step)
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) return { value: node.items[step] }
  return undefined
}

function startOf(node: unknown): number {
  return (isNode(node) && node.range?.[0]) || 0
}

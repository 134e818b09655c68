import {
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type SchemaOptions,
  type YAMLMap,
} from 'yaml'
import { type SourcePlace, UserError } from '../errors.js'
import { t } from '../language/language.js'
import { InventoryError } from './inventory-error.js'
import { explainSyntax, findMistakes } from './yaml-mistakes.js'

/** The data of a YAML file, and where each piece of it stands. */
export interface YamlFile {
  data: unknown
  /** The place of the value at a path of keys and indexes, or of its key. What is missing has the place of what would hold it. */
  placeOf(path: readonly PropertyKey[], what?: 'key' | 'value'): SourcePlace
}

/** What another program's YAML is read with. */
export interface YamlDialect extends DocumentOptions, SchemaOptions {
  /** Of the keys that stand twice the last one counts; they are told of, and are no mistake. */
  onTwin?: (twin: UserError) => void
}

/** Reads YAML text. Throws InventoryError for what is not YAML and for every key that stands twice. */
export function readYaml(text: string, file: string, { onTwin, ...dialect }: YamlDialect = {}): YamlFile {
  const lines = new LineCounter()
  // Keys that stand twice are looked for here: the parser's own check misplaces them after an empty value.
  const ways = { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false }
  const document = parseDocument(text, { ...dialect, ...ways })
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  // After the first syntax error the parser guesses, so that the others mislead.
  const [syntaxError] = document.errors
  if (syntaxError) throw new InventoryError([explainSyntax(syntaxError, text, placeAt)])
  const { twins, mistakes } = findMistakes(document, placeAt)
  if (onTwin) twins.forEach(onTwin)
  else mistakes.push(...twins)
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
    throw new UserError(t`the aliases unfold into too much`, { place: { file }, mend: t`write the values out`, cause })
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
  if (isMap(node)) return indexKeys(node).get(step)
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) return { value: node.items[step] }
  return undefined
}

const indexes = new WeakMap<YAMLMap, Map<unknown, Entry>>()

/** Thousands of hosts may stand in one mapping. Of keys that stand twice the last one counts. */
function indexKeys(map: YAMLMap): Map<unknown, Entry> {
  const index = indexes.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair, pair]))
  indexes.set(map, index)
  return index
}

function startOf(node: unknown): number {
  return (isNode(node) && node.range?.[0]) || 0
}

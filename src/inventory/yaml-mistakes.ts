import { type Document, isScalar, visit, type YAMLError, type YAMLMap } from 'yaml'
import { type SourcePlace, UserError } from '../errors.js'
import { t } from '../language/language.js'

type PlaceAt = (offset: number) => SourcePlace

// hosts: [web[01:20], db01]
const RANGE_IN_LIST = /\[[^\]]*\w\[[\w:,-]+\]/

// [web:children]
const INI_SECTION = /^\s*(?:[#;].*\n\s*)*\[[\w:.-]+\]\s*\n/

const LEVEL_MISTAKES = new Set(['BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY', 'BAD_INDENT'])

/** A syntax error of YAML, in the words of someone who writes an inventory. */
export function explainSyntax({ code, message, pos }: YAMLError, text: string, placeAt: PlaceAt): UserError {
  const place = placeAt(pos[0])
  const line = text.split('\n')[(place.line ?? 1) - 1] ?? ''
  if (code === 'TAB_AS_INDENT') {
    return new UserError(t`a tab stands where YAML wants spaces`, {
      place,
      mend: t`indent with spaces, two for each level`,
    })
  }
  if (code === 'MULTIPLE_DOCS') {
    return new UserError(t`a second document starts here, with '---'`, { place, mend: t`keep one inventory in a file` })
  }
  if (INI_SECTION.test(text)) {
    const mend = t`write it as YAML; inventory.example.yaml, which comes with fleetdx, shows every key`
    return new UserError(t`this looks like an INI file, not YAML`, { place, mend })
  }
  if (RANGE_IN_LIST.test(line)) {
    const mend = t`put the name in quotes, as in ['web[01:20]', db01]`
    return new UserError(t`a name with brackets inside a list in brackets is not YAML`, { place, mend })
  }
  const mend = LEVEL_MISTAKES.has(code)
    ? t`give the keys of one level the same indentation, each on a line of its own`
    : t`put a text with special characters in quotes`
  return new UserError(t`not YAML: ${message}`, { place, mend })
}

/** Keys that stand twice in one mapping, and aliases of nothing: the parser lets the one pass and trips late over the other. */
export function findMistakes(document: Document, placeAt: PlaceAt): { twins: UserError[]; mistakes: UserError[] } {
  const twins: UserError[] = []
  const mistakes: UserError[] = []
  visit(document, {
    Map: (_, map) => {
      twins.push(...findTwins(map, placeAt))
    },
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return
      const mend = t`put a text that starts with * in quotes: '*${alias.source}'`
      const place = placeAt(alias.range?.[0] ?? 0)
      mistakes.push(new UserError(t`'*${alias.source}' refers to an anchor that is not there`, { place, mend }))
    },
  })
  return { twins, mistakes }
}

function findTwins({ items }: YAMLMap, placeAt: PlaceAt): UserError[] {
  const offsets = new Map<unknown, number>()
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    const offset = key.range?.[0] ?? 0
    const first = offsets.get(key.value)
    if (first !== undefined) return [explainTwin(String(key.value), placeAt(first), placeAt(offset))]
    offsets.set(key.value, offset)
    return []
  })
}

function explainTwin(key: string, first: SourcePlace, place: SourcePlace): UserError {
  return new UserError(t`'${key}' stands twice, first on line ${first.line}`, {
    place,
    mend: t`keep one, or join the two`,
  })
}

import { groupBy } from '../group-by.js'

/*
 * Names of hosts as one short text, in the syntax that clush (ClusterShell) and pdsh print and that targets take:
 * `db1,web[03-07,12]`.
 */

// web01.example.com, deploy@10.0.0.5:2222; a name with anything else in it is not folded
const foldable = /^[\p{L}\p{N}_.@:-]+$/u
/** `expandRanges` reads numbers up to this long. */
const mostDigits = 15
/** Later numbers of a name than these are not folded: a name with more of them is a digest or the like. */
const mostNumbers = 8

const naturalOrder = new Intl.Collator('en', { numeric: true })

/** A set of names: texts and, between them, what the number there may be. `['web', ['03', '04'], '.example.com']` */
type Part = string | readonly string[]
type Pattern = readonly Part[]

/**
 * The names, each once and in natural order, with those that differ in numbers alone folded: `db1,web[03-07,12]`. Zeros in
 * front are kept: `web1` and `web01` never share a bracket. Several numbers fold where every combination is there:
 * `rack[1-2]-node[01-04]`. As a target the text selects exactly these hosts.
 */
export function foldHosts(names: readonly string[]): string {
  return foldHostList(names).join(',')
}

/** The same, a part a fold: `['db1', 'web[03-07,12]']`. */
export function foldHostList(names: readonly string[]): string[] {
  const sorted = [...new Set(names)].sort(compareNames)
  const folded = Array.from({ length: mostNumbers }, (_, index) => index).reduce(foldNumber, sorted.map(toPattern))
  return folded.map((pattern) => pattern.map(formatPart).join(''))
}

/**
 * A fold as several that are no wider than this, where its last bracket holds enough to be split:
 * `web[03,05,09]` → `web[03,05]`, `web[09]`. Each is a target of its own.
 */
export function breakFold(fold: string, width: number): string[] {
  // sample: rack[1-2]-node[01-04,07].example.com
  const [, before = '', items = '', after = ''] = /^(.*\[)([^[\]]*,[^[\]]*)(\].*)$/.exec(fold) ?? []
  if (fold.length <= width || items === '') return [fold]
  const room = width - before.length - after.length
  return packItems(items.split(','), room).map((packed) => before + packed + after)
}

function packItems(items: readonly string[], room: number): string[] {
  const packs: string[] = []
  for (const item of items) {
    const last = packs.at(-1)
    if (last !== undefined && last.length + 1 + item.length <= room) packs[packs.length - 1] = `${last},${item}`
    else packs.push(item)
  }
  return packs
}

/** `web2` before `web10`; of equal numbers, the one with fewer zeros in front. */
function compareNames(one: string, other: string): number {
  return naturalOrder.compare(one, other) || one.length - other.length || (one < other ? -1 : Number(one > other))
}

// web01.example2.com → 'web', ['01'], '.example', ['2'], '.com'
function toPattern(name: string): Pattern {
  // An IPv6 address is only read as a whole.
  if (!foldable.test(name) || name.split(':').length > 2) return [name]
  return name.split(/(\d+)/).map((text, index) => (index % 2 === 1 && text.length <= mostDigits ? [text] : text))
}

/** Joins what differs in one number alone, counted from the end of the name; what is joined stands where its first was. */
function foldNumber(patterns: readonly Pattern[], fromEnd: number): Pattern[] {
  const alike = new Map<string, { pattern: Pattern; place: number; numbers: string[] }>()
  for (const pattern of patterns) {
    const place = findNumber(pattern, fromEnd)
    const key = JSON.stringify(pattern.map((part, index) => (index === place ? null : part)))
    const known = alike.get(key)
    if (known) known.numbers.push(...(pattern[place] ?? []))
    else alike.set(key, { pattern, place, numbers: [...(pattern[place] ?? [])] })
  }
  return [...alike.values()].flatMap(({ pattern, place, numbers }) =>
    place < 0 ? [pattern] : groupByPadding(numbers).map((group) => pattern.with(place, group)),
  )
}

function findNumber(pattern: Pattern, fromEnd: number): number {
  const places = pattern.flatMap((part, index) => (typeof part === 'string' ? [] : [index]))
  return places.at(-1 - fromEnd) ?? -1
}

/** Numbers that one range can hold: `08`, `09` and `10` are of one width; `8` and `10` have none. */
function groupByPadding(numbers: readonly string[]): string[][] {
  const widths = [...new Set(numbers.filter(isPadded).map((text) => text.length))]
  const widthOf = (text: string) =>
    isPadded(text) ? text.length : Math.max(0, ...widths.filter((width) => width <= text.length))
  return groupBy(numbers, (text) => String(widthOf(text)))
}

function isPadded(number: string): boolean {
  return /^0\d/.test(number)
}

function formatPart(part: Part): string {
  if (typeof part === 'string') return part
  return part.length === 1 ? part.join('') : `[${joinRuns(part).join(',')}]`
}

/** `['03', '04', '05', '12']` → `['03-05', '12']` */
function joinRuns(numbers: readonly string[]): string[] {
  const runs: { first: string; last: string }[] = []
  for (const number of [...numbers].sort((a, b) => Number(a) - Number(b))) {
    const run = runs.at(-1)
    if (run && Number(run.last) + 1 === Number(number)) run.last = number
    else runs.push({ first: number, last: number })
  }
  return runs.map(({ first, last }) => (first === last ? first : `${first}-${last}`))
}

import leven from 'leven'
import { directiveTable } from './directive-table.js'

/** One way in which nginx defines a directive; see directive-table.ts for the letters. */
export interface Rule {
  contexts: string
  counts: string
  isBlock: boolean
  /** How nginx keeps the value: `flag`, `num`, `msec`…; `-` where a function of its own does. */
  setter: string
}

interface Known {
  rules: Rule[]
  since: number
  until: number
}

const known = readTable()

function readTable(): Map<string, Known> {
  const table = new Map<string, Known>()
  for (const line of directiveTable.trim().split('\n')) {
    const [name = '', contexts = '', takes = '', setter = '', ...bounds] = line.split(' ')
    const entry = table.get(name) ?? {
      rules: [],
      since: readBound(bounds, 'since') ?? 0,
      until: readBound(bounds, 'until') ?? 99,
    }
    entry.rules.push({ contexts, counts: takes.replace('{', ''), isBlock: takes.endsWith('{'), setter })
    table.set(name, entry)
  }
  return table
}

function readBound(bounds: readonly string[], word: string): number | undefined {
  const bound = bounds.find((text) => text.startsWith(`${word}=`))
  return bound === undefined ? undefined : Number(bound.slice(word.length + 1))
}

/** What is known of the nginx that reads the configuration. */
export interface Edition {
  /** `1.22.1`; null where nobody said. */
  version: string | null
  /** Whether it may know directives that nginx itself does not: dynamic modules, OpenResty, or no way to tell. */
  hasForeignModules: boolean
}

/** The ways in which a directive may be used, or 'unknown', or undefined for what may belong to a foreign module. */
export function findRules(name: string, edition: Edition): Rule[] | 'unknown' | undefined {
  const entry = known.get(name)
  if (entry) return isOfVersion(entry, edition.version) ? entry.rules : 'unknown'
  return !edition.hasForeignModules || isMistyped(name) ? 'unknown' : undefined
}

/** Whether one edit away from a directive, as `proxy_passs` is; short names are too near to each other to tell. */
function isMistyped(name: string): boolean {
  const isNear = (right: string) => Math.abs(right.length - name.length) <= 1 && leven(name, right) === 1
  return name.length > 5 && [...known.keys()].some(isNear)
}

/** A directive that came between two stable releases counts as missing only in the earlier of them, and before. */
function isOfVersion({ since, until }: Known, version: string | null): boolean {
  // sample: 1.22.1
  const minor = /^1\.(\d+)\./.exec(version ?? '')?.[1]
  if (minor === undefined) return true
  const isTooOld = since > 0 && Number(minor) <= (since === 99 ? 28 : since - 2)
  return !isTooOld && !(until < 99 && Number(minor) >= until + 2)
}

/** Whether nginx takes that many arguments. */
export function takesCount({ counts }: Rule, count: number): boolean {
  if (counts === 'flag') return count === 1
  if (counts === '*') return true
  if (counts.endsWith('+')) return count >= Number(counts[0])
  return counts.includes(String(count))
}

/** The letter of what stands inside a block; undefined where its content is nothing that this table knows. */
export function contextInside(name: string, context: string): string | undefined {
  return inside[`${context} ${name}`]
}

const inside: Record<string, string> = {
  'm events': 'e',
  'm http': 'h',
  'm stream': 'H',
  'm mail': 'p',
  'h server': 's',
  'h upstream': 'u',
  's location': 'l',
  's if': 'i',
  'l location': 'l',
  'l if': 'j',
  'l limit_except': 'x',
  'H server': 'S',
  'H upstream': 'U',
  'p server': 'q',
}

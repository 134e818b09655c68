import { readdirSync } from 'node:fs'
import type { Cause } from '../../src/causes/define.js'
import { type Findings, setScenes } from '../../src/diagnose/diagnose.js'
import type { Facts } from '../../src/probes/index.js'
import { faults } from '../lab/faults/index.js'
import { readRecordingAt, recordedFaults } from './recordings.js'
import { factsOf } from './replay.js'

/** A host that a cause is tried on: a recording by its name (`ops/healthy`), its facts, or all that it is judged from. */
type Host = string | (() => Facts | HostFindings)
type HostFindings = Pick<Findings, 'facts'> & Partial<Findings>

/** Hosts that a cause is tried on. */
interface Cases {
  /** It must hold: left out, the lab's host of that cause as ops recorded it. */
  flags?: Host
  /** Looks like it, and must not be called it: left out, a healthy host. */
  not?: Host
  /** What decides is missing: it must not hold for certain. That each fact that it needs is missing is tried in any case. */
  unknown?: Host
}

/** The cases of some causes, by their ids. Each file of `test/causes/cases` has one such table as its default export. */
export function defineCases<Table extends Readonly<Record<string, Cases>>>(table: Table): Table {
  return table
}

const folder = new URL('../causes/cases/', import.meta.url)
const tables = await Promise.all(
  readdirSync(folder).map(async (file): Promise<Record<string, Cases>> => {
    const { default: table } = await import(new URL(file, folder).href)
    return table
  }),
)

/** The cases of a cause; where nothing shows it, asking for what it flags throws. */
export function casesOf(id: string): Cases & Required<Pick<Cases, 'flags' | 'not'>> {
  const [own = {}, ...others] = tables.flatMap((table) => table[id] ?? [])
  if (others.length > 0) throw new Error(`two files have cases of ${id}`)
  return { not: 'ops/healthy', ...own, flags: own.flags ?? recordingOf(id) ?? nowhere(id) }
}

function nowhere(id: string): () => never {
  return () => {
    throw new Error(`${id} has neither a case nor a recording: see test/causes/cases`)
  }
}

function recordingOf(id: string): string | undefined {
  const recorded = recordedFaults('ops')
  const fault = faults.find(({ name, cause }) => cause === id && recorded.includes(name))
  return fault && `ops/${fault.name}`
}

/** All that a host is judged from. */
export async function findingsOf(host: Host): Promise<Findings> {
  const usual = { apps: [], login: 'ops', fromHere: [] }
  if (typeof host === 'string') return { ...usual, facts: await recordedFacts(host) }
  const made = host()
  return 'facts' in made ? { ...usual, ...made } : { ...usual, facts: made }
}

const recorded = new Map<string, Promise<Facts>>()

function recordedFacts(name: string): Promise<Facts> {
  const known = recorded.get(name) ?? factsOf(readRecordingAt(name))
  recorded.set(name, known)
  return known
}

/** What a cause says of each path of a host. */
export function judgeHost(cause: Cause, findings: Findings): ReturnType<Cause['judge']>[] {
  return setScenes(findings).map((scene) => cause.judge(scene))
}

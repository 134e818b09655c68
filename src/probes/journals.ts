import { z } from 'zod'
import { ParseError } from '../errors.js'
import { type Fact, knownValue } from '../fact.js'
import { sh } from '../shell.js'
import { defineProbe, type Part } from './define.js'
import host, { type HostFacts } from './host.js'
import services, { type ServicesFacts, type Unit } from './services.js'

const journalLineSchema = z.object({
  /** Epoch milliseconds; null where the line has no time. */
  atMs: z.number().nullable(),
  /** Who wrote it: `systemd` is the manager's own word on the unit, anything else the unit's. */
  from: z.string(),
  text: z.string(),
})

const journalsFactsSchema = z.object({
  /** The last lines of each journal that was read, oldest first. */
  journals: z.array(z.object({ unit: z.string(), lines: z.array(journalLineSchema) })),
  /** Names that a gateway could not resolve when it started, and what they are now: no address = nothing still. */
  names: z.array(z.object({ name: z.string(), addresses: z.array(z.string()) })),
})

export type JournalLine = z.infer<typeof journalLineSchema>
type JournalsFacts = z.infer<typeof journalsFactsSchema>

const mostUnits = 16
/** As many lines of each journal are read. */
export const mostLines = 60
const lately = 24 * 3_600_000

/** The units whose journal tells something: apps always (it is their log), the others when they are or were not well. */
export function unitsToRead(services: Fact<ServicesFacts>, host: Fact<HostFacts>): Unit[] {
  const nowMs = knownValue(host)?.nowMs ?? 0
  const hasChanged = ({ changedMs }: Unit) => changedMs !== null && nowMs - changedMs < lately
  const isWell = (unit: Unit) => unit.activeState === 'active' && unit.result === 'success' && !unit.restarts
  const isIdle = (unit: Unit) => unit.activeState === 'inactive' && !hasChanged(unit) && unit.role !== 'app'
  const units = knownValue(services)?.units ?? []
  return units
    .filter((unit) => unit.role === 'app' || (isWell(unit) ? hasChanged(unit) : !isIdle(unit)))
    .toSorted((a, b) => Number(isWell(a)) - Number(isWell(b)))
    .slice(0, mostUnits)
}

/**
 * A gateway may have failed at boot over a name that resolves by now: `getent` asks as its resolver would. The part is there
 * for a unit without lines too: nothing said is not the same as not allowed to look.
 */
const readJournals = sh`
journals_read() {
  has journalctl || { cannot tool-missing "the journals of the services"; return; }
  case $(journalctl -n 1 --no-pager 2>&1 >/dev/null) in
    *'insufficient permissions'*|*'not seeing messages'*) cannot permission "the journals of the services"; return ;;
  esac
  for journals_unit; do
    part journal "$journals_unit"
    journalctl -u "$journals_unit" -n ${mostLines} --no-pager -q -o short-unix | cut -c 1-1000
  done
}
journals_resolve() {
  journals_limit=; has timeout && journals_limit='timeout 2'
  has getent && for journals_unit; do
    journalctl -u "$journals_unit" -n ${mostLines} --no-pager -q -o cat
  done | sed -n 's/.*host not found in upstream "\([A-Za-z0-9_.-]*\).*/\1/p' | sort -u | head -n 3 |
    while read -r journals_name; do
      part name "$journals_name"
      $journals_limit getent ahosts "$journals_name" </dev/null | awk '!seen[$1]++ { print $1 }'
    done
}
`

export default defineProbe({
  name: 'journals',
  title: 'the journals of the services',
  needs: { services, host },
  elevated: true,
  limits: { seconds: 10, bytes: 1024 * 1024 },
  library: readJournals,
  script: ({ services, host }) => {
    if (knownValue(services)?.manager !== 'systemd') return undefined
    const units = unitsToRead(services, host)
    if (units.length === 0) return undefined
    const failed = units.filter(({ role, activeState }) => role === 'gateway' && activeState !== 'active')
    const resolve = failed.length === 0 ? sh`:` : sh`journals_resolve ${failed.map(({ name }) => name)}`
    return sh`
      journals_read ${units.map(({ name }) => name)}
      ${resolve}
    `
  },
  alone: sh`with_found unit journals_read`,
  facts: journalsFactsSchema,
  parse: ({ text, parts, cut }) => {
    if (text.trim() !== '') throw new ParseError('journals without a unit', text.trim().split('\n')[0])
    return {
      journals: parts
        .filter(({ kind }) => kind === 'journal')
        .map((part) => readJournal(part, cut !== undefined && part === parts.at(-1))),
      names: parts
        .filter(({ kind }) => kind === 'name')
        .map((part) => ({ name: part.label, addresses: part.text.split('\n').filter((line) => line !== '') })),
    }
  },
})

function readJournal({ label, text }: Part, isCut: boolean): JournalsFacts['journals'][number] {
  const written = text.split('\n').slice(0, isCut ? -1 : undefined)
  const lines: JournalLine[] = []
  for (const line of written.filter((line) => line.trim() !== '' && !line.startsWith('-- '))) {
    // sample: 1795514538.123456 web-1 systemd[1]: web-api.service: Main process exited, code=exited, status=1/FAILURE
    const [, seconds, from = '', said = ''] = /^(\d{9,10}\.\d+) \S+ (.*?)(?:\[\d+\])?: (.*)$/.exec(line) ?? []
    if (seconds !== undefined) lines.push({ atMs: Math.round(Number(seconds) * 1000), from, text: said })
    // A message of several lines is indented from its second line on.
    else lines.push({ atMs: lines.at(-1)?.atMs ?? null, from: lines.at(-1)?.from ?? '', text: line.trim() })
  }
  return { unit: label, lines }
}

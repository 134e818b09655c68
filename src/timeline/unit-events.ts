import { knownValue } from '../fact.js'
import { t } from '../language/language.js'
import type { Facts } from '../probes/index.js'
import { type JournalLine, mostLines } from '../probes/journals.js'
import type { Unit } from '../probes/services/facts.js'
import { burstGapMs, type Event } from './event.js'

/** What systemd says of a unit in its journal, else the times that it keeps itself. Gateways are told of by `gatewayEvents`. */
export function unitEvents(facts: Facts): Event[] {
  const journals = knownValue(facts.journals)?.journals ?? []
  const units = (knownValue(facts.services)?.units ?? []).filter(({ role }) => role !== 'gateway')
  return units.flatMap((unit) => {
    const lines = journals.find((journal) => journal.unit === unit.name)?.lines ?? []
    const startMs = lines.length < mostLines ? Number.NEGATIVE_INFINITY : (lines[0]?.atMs ?? 0)
    const told = lines.flatMap((line) => readLine(line, unit.name, startMs))
    return told.length > 0 ? told : timesOf(unit)
  })
}

function readLine({ atMs, from, text }: JournalLine, unit: string, startMs: number): Event[] {
  if (atMs === null || from !== 'systemd') return []
  const told = readWords(text, bare(unit))
  const isAtLogStart = atMs - startMs <= burstGapMs
  return told ? [{ atMs, ...told, source: `journalctl -u ${unit}`, ...(isAtLogStart && { isAtLogStart }) }] : []
}

function readWords(text: string, name: string): Pick<Event, 'kind' | 'text'> | undefined {
  // sample: web-api.service: Main process exited, code=exited, status=1/FAILURE
  const exit = /: Main process exited, code=(\w+), status=(\S+)/.exec(text)
  if (exit) return { kind: 'app-exit', text: t`${name} ended: ${exit[1]} ${exit[2]}` }
  // sample: web-api.service: A process of this unit has been killed by the OOM killer.
  if (text.includes('killed by the OOM killer'))
    return { kind: 'oom-kill', text: t`a process of ${name} was killed for want of memory` }
  // sample: web-api.service: Start request repeated too quickly.
  if (text.includes('Start request repeated too quickly'))
    return { kind: 'app-stop', text: t`systemd gives up ${name}` }
  if (text.startsWith('Started ')) return { kind: 'app-start', text: t`${name} started` }
  if (text.startsWith('Stopping ')) return { kind: 'app-stop', text: t`systemd stops ${name}` }
  return undefined
}

/** A unit that is no app's is listed because it failed: when it began is of no interest. */
function timesOf({ name, role, startedMs, exitedMs, exit, result, activeState, changedMs }: Unit): Event[] {
  const event = (atMs: number | null, kind: Event['kind'], text: string): Event[] =>
    atMs === null ? [] : [{ atMs, kind, text, source: `systemctl show ${name}` }]
  const unit = bare(name)
  return [
    ...(role === 'other' ? [] : event(startedMs, 'app-start', t`${unit} started`)),
    ...(exit === null ? [] : event(exitedMs, 'app-exit', t`${unit} ended: ${exit.how} ${exit.status}`)),
    ...(activeState === 'failed' ? event(changedMs, 'app-stop', t`${unit} failed (${result})`) : []),
  ]
}

function bare(unit: string): string {
  return unit.replace(/\.service$/, '')
}

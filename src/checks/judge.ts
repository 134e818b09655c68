import { type Blind, type Fact, sayReason } from '../fact.js'
import type { Check } from '../inventory/check-schema.js'
import { joinClauses } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { Evidence } from '../path/request-path.js'
import { type Collected, readFact } from '../probes/index.js'
import { redact } from '../redact.js'
import { holdAgainst } from './expect.js'
import { readPlugin } from './nagios.js'
import type { CheckResult } from './result.js'
import { type Seen, toProbe } from './to-probe.js'

/** A check with how it went. */
export interface JudgedCheck {
  check: Check
  result: CheckResult
}

const mostLines = 3
const mostCharacters = 200

/** How each check of a host went, by what was collected there. Pure. */
export function judgeChecks(checks: readonly Check[], collected: Collected): JudgedCheck[] {
  return checks.map((check) => ({ check, result: judgeCheck(check, readFact(toProbe(check), collected)) }))
}

function judgeCheck(check: Check, fact: Fact<Seen>): CheckResult {
  if (!fact.known) return unseen(check, fact.because)
  const [blind] = fact.blind
  if (blind) return unseen(check, blind)
  const judged = check.nagios === undefined ? judgeSeen(check, fact.value) : readPlugin(check, fact.value)
  return {
    name: check.name,
    ...judged,
    because:
      judged.state === 'unknown'
        ? { what: t`the check ${check.name}`, reason: 'undecided', detail: judged.message }
        : null,
    evidence: quote(check, fact.value),
  }
}

/** A check that could not be made, or not to its end. */
function unseen({ name, severity }: Check, { reason, detail }: Blind): CheckResult {
  const because = { what: t`the check ${name}`, reason, ...(detail !== undefined && { detail }) }
  const message = detail === undefined ? sayReason(reason) : t`${sayReason(reason)}: ${detail}`
  return { name, state: 'unknown', severity, message, because, evidence: [], perfdata: null }
}

/** Three-valued: one thing that is not as expected is enough to fail, one that could not be told keeps the rest from passing. */
function judgeSeen(check: Check, seen: Seen): Pick<CheckResult, 'state' | 'severity' | 'message' | 'perfdata'> {
  const [ending, ...others] = holdAgainst(check, seen)
  // What a command that went wrong did not print says nothing more.
  const all = ending.met === true && others.length > 0 ? others : [ending]
  const failed = all.filter(({ met }) => met === false)
  const open = all.filter(({ met }) => met === null)
  const state = failed.length > 0 ? 'fail' : open.length > 0 ? 'unknown' : 'pass'
  const told = { fail: failed, unknown: open, pass: all }[state]
  return { state, severity: check.severity, message: joinClauses(told.map(({ said }) => said)), perfdata: null }
}

/** The first lines of what was seen, errors apart. */
function quote({ command, url, nagios }: Check, { output, errors }: Seen): Evidence[] {
  const source = redact(command ?? url ?? nagios ?? '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 80)
  return [
    ...linesOf(output).map((text) => ({ source, text })),
    ...linesOf(errors).map((text) => ({ source: t`standard error`, text })),
  ]
}

function linesOf(text: string): string[] {
  const lines = new Set(text.split('\n').map((line) => line.trim()))
  return [...lines]
    .filter((line) => line !== '')
    .slice(0, mostLines)
    .map((line) => line.slice(0, mostCharacters))
}

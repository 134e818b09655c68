import type { Diagnosis } from '../diagnose/diagnose.js'
import { formatBlind } from '../fact.js'
import { t } from '../language/language.js'
import type { CauseRecord, HostRecord } from '../record.js'
import type { JudgedCheck } from './judge.js'

/** A diagnosis that the checks of the user's own have been added to. */
export type CheckedDiagnosis = Diagnosis & Pick<HostRecord, 'checks'>

/**
 * A diagnosis with the checks of the user's own: what fails is a cause, one of an outage breaks the host, and of what
 * could not be told the host is no healthier than unknown if it could be an outage. A host on which there is nothing but
 * checks is judged by them.
 */
export function addChecks(diagnosis: Diagnosis, checks: readonly JudgedCheck[]): CheckedDiagnosis {
  const causes = addCauses(diagnosis.causes, checks)
  const results = checks.map(({ result }) => result)
  const blind = [...diagnosis.blind, ...results.flatMap(({ because }) => because ?? [])]
  return { ...diagnosis, ...judge(diagnosis, causes, checks), causes, checks: results, blind }
}

function judge(diagnosis: Diagnosis, causes: readonly CauseRecord[], checks: readonly JudgedCheck[]) {
  const { status, verdict, paths, blind } = diagnosis
  const [first] = causes
  const results = checks.map(({ result }) => result)
  const isBroken = results.some(({ state, severity }) => state === 'fail' && severity === 'outage')
  if (first && first !== diagnosis.causes[0] && (isBroken || status !== 'broken'))
    return { status: isBroken ? ('broken' as const) : ('degraded' as const), verdict: first.summary }
  if (isBroken) return { status: 'broken' as const, verdict }
  const open = results.find(({ state, severity }) => state === 'unknown' && severity === 'outage')
  if (status === 'healthy' && open?.because) {
    return { status: 'unknown' as const, verdict: t`it is not known how things are: ${formatBlind(open.because)}` }
  }
  const isWell = results.length > 0 && results.every(({ state }) => state === 'pass')
  if (status === 'unknown' && isWell && paths.length === 0 && blind.length === 0)
    return {
      status: 'healthy' as const,
      verdict: results.length === 1 ? t`1 check passes` : t`${results.length} checks pass`,
    }
  return { status, verdict }
}

/** Causes of an outage before risks, and what was diagnosed before what checks say. */
function addCauses(found: readonly CauseRecord[], checks: readonly JudgedCheck[]): CauseRecord[] {
  const all = checks
    .filter(({ result }) => result.state === 'fail')
    .map(toCause)
    .reduce(addCause, [...found])
  return all.toSorted((one, other) => Number(one.effect === 'risk') - Number(other.effect === 'risk'))
}

/** What a check calls by the name of a cause that is there already is evidence for that one. */
function addCause(found: readonly CauseRecord[], cause: CauseRecord): CauseRecord[] {
  const known = found.find(({ id }) => id === cause.id)
  if (!known) return [...found, cause]
  const effect = cause.effect === 'outage' ? 'outage' : known.effect
  const evidence = [...known.evidence, { source: t`check ${cause.subject}`, text: cause.summary }, ...cause.evidence]
  const remedy = [...known.remedy, ...cause.remedy]
  return found.map((other) => (other === known ? { ...known, effect, evidence, remedy } : other))
}

function toCause({ check, result }: JudgedCheck): CauseRecord {
  const { name, message, remedy, cause = `check-${name}` } = check
  return {
    id: cause,
    title: message ?? t`the check ${name} fails`,
    layer: 'check',
    subject: name,
    confidence: 'high',
    summary: message === undefined ? t`${name}: ${result.message}` : t`${message} (${result.message})`,
    effect: result.severity,
    paths: [],
    evidence: result.evidence,
    against: [],
    remedy: remedy.map(({ command, note }) => ({ command: command ?? null, note, risk: '' })),
    consequences: [],
  }
}

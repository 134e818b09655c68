import { listCases } from '../compare/cases.js'
import { foldHostList } from '../compare/fold-hosts.js'
import { wordOf } from '../compare/status-word.js'
import { t } from '../language/language.js'
import type { Finding, HostRecord, RunRecord, Status } from '../record.js'
import { sanitize, sanitizeLine } from '../sanitize.js'
import { tellOnset } from './cluster-block.js'
import { tellRisk } from './finding-lines.js'

/** Hosts that are unwell in the same way, in the few words that machines and chats have room for. */
export interface Problem {
  status: Status
  isWaived: boolean
  /** The id of the root cause, the reason why there was no session, or the status where there is neither. */
  id: string
  title: string
  /** `since 14:02 UTC`; null where that is not known. */
  since: string | null
  /** Never empty. */
  hosts: [HostRecord, ...HostRecord[]]
}

/** What is wrong with the fleet, in the order of its cases. */
export function listProblems(record: Pick<RunRecord, 'hosts' | 'fleet' | 'startedAt'>): Problem[] {
  return listCases(record).map(({ status, cause, title, onset, hosts, isWaived }) => {
    const [{ reason }] = hosts
    return {
      ...{ status, isWaived, hosts },
      id: cause ?? reason?.reason ?? status,
      title: reason ? t`no SSH session` : title,
      since: onset && tellOnset(onset, hosts.length, record.startedAt),
    }
  })
}

/** Of more folds than these the names of hosts are cut short. */
const mostFolds = 20

/** `web[03-05],db1`; names that do not fold are cut short after twenty, with how many there are: `a,b,… (312 hosts)`. */
export function nameHosts({ hosts }: Pick<Problem, 'hosts'>): string {
  const folds = foldHostList(hosts.map(({ name }) => name))
  if (folds.length <= mostFolds) return folds.join(',')
  return t`${folds.slice(0, mostFolds).join(',')},… (${hosts.length} hosts)`
}

/** `the Next.js build is missing (next-build-missing)` */
export function nameProblem({ title, id, status }: Problem): string {
  return sanitizeLine(id === status ? title : t`${title} (${id})`)
}

/** `broken`, or `broken, waived`. */
export function stateOf({ status, isWaived }: Pick<Problem, 'status' | 'isWaived'>): string {
  return isWaived ? t`${wordOf(status)}, waived` : wordOf(status)
}

/** The commands of a remedy as a script, what each does above it: `# restarts shop (risk: …)`. */
export function scriptRemedy(remedy: Finding['remedy']): string[] {
  return remedy.flatMap(({ command, note, risk }) => {
    return [`# ${sanitizeLine(note + tellRisk(risk))}`, ...(command === null ? [] : [sanitize(command)])]
  })
}

/** Quotations, `source: text`, a line each. */
export function quoteEvidence(evidence: Finding['evidence']): string[] {
  return evidence.map(({ source, text }) => sanitizeLine(`${source}: ${text}`))
}

/** What there is to know and to type about a problem beside its title, by its first host: the verdict, its evidence, the remedy. */
export function explainProblem({ title, since, hosts: [host] }: Problem): { seen: string[]; remedy: string[] } {
  const { verdict, reason, trouble, causes } = host
  const [root] = causes
  const seen = [verdict, ...(reason ? [reason.message] : []), ...trouble].map(sanitizeLine)
  return {
    seen: [
      ...new Set(seen.filter((line) => line !== sanitizeLine(title))),
      ...(since === null ? [] : [since]),
      ...quoteEvidence(root?.evidence ?? []),
    ],
    remedy: root ? scriptRemedy(root.remedy) : (reason?.mend ?? '').split('\n').filter(Boolean).map(sanitizeLine),
  }
}

import { t } from '../language/language.js'
import type { Edge, Evidence } from '../path/request-path.js'
import type { CauseRecord, Finding, HostRecord, Note } from '../record.js'
import { hasRisk } from './finding-lines.js'
import { isBuiltIn, listConsequences, otherBrokenPaths, tellSureness } from './host-block.js'
import { drawRivals } from './rivals.js'
import { speak } from './speak.js'
import type { Style } from './style.js'
import { drawTimeline } from './timeline.js'
import { tellWaivers } from './waiver-lines.js'

/** What there is to say of a host, a statement a line; nothing but its notes where it is healthy. */
export function sayHost(host: HostRecord, style: Style): string[] {
  if (host.status === 'healthy') return sayNotes(host)
  const [root, ...others] = host.causes
  return [
    ...(root ? sayRoot(root, host) : [t`Verdict: ${speak(host.verdict)}`]),
    ...tellWaivers(host).map((text) => t`Waiver: ${speak(text)}`),
    ...sayReach(host),
    ...sayPath(t`Path`, host.path),
    ...drawTimeline(host, style, style.width).map((line) => t`When: ${speak(line)}`),
    ...others.flatMap((cause) => [
      t`Also: ${nameCause(cause)}`,
      ...sayEvidence(cause.evidence),
      ...saySteps(cause.remedy),
    ]),
    ...otherBrokenPaths(host).flatMap(({ id, edges }) => sayPath(t`Also broken, ${speak(id)}`, edges)),
    ...drawRivals(host, style, style.width).flat().map(speak),
    ...sayNotes(host),
    ...host.trouble.filter((text) => text !== host.verdict).map((text) => t`Note: ${speak(text)}`),
  ]
}

/** What is no problem, but worth knowing. */
export function sayNotes({ notes }: HostRecord): string[] {
  return notes.flatMap((note) => [t`Note: ${nameCause(note)}`, ...saySteps(note.remedy)])
}

function sayRoot(root: CauseRecord, host: HostRecord): string[] {
  const consequences = listConsequences(root, host)
  return [
    t`Cause: ${nameCause(root)}${tellSureness(root)}`,
    ...(host.verdict === root.summary ? [] : [t`Verdict: ${speak(host.verdict)}`]),
    ...sayEvidence(root.evidence),
    ...root.against.map(({ source, text }) => t`Against it: ${source}: ${text}`),
    ...(consequences === '' ? [] : [t`Consequences: ${speak(consequences)}`]),
    ...saySteps(root.remedy),
    ...(isBuiltIn(root.id) ? [t`More: ${`fleetdx explain ${root.id}`}`] : []),
  ]
}

function nameCause({ id, summary }: Pick<Note, 'id' | 'summary'>): string {
  return t`${speak(summary)} (${id})`
}

function sayEvidence(evidence: readonly Evidence[]): string[] {
  return evidence.map(({ source, text }) => t`Evidence: ${speak(source)}: ${text}`)
}

/** `Remedy 1: build it. Risk: takes minutes`, then its command, as it is. */
function saySteps(remedy: Finding['remedy']): string[] {
  return remedy.flatMap(({ note, risk, command }, index) => {
    const step = hasRisk(risk) ? t`${speak(note)}; risk: ${speak(risk)}` : speak(note)
    return [t`Remedy ${index + 1}: ${step}`, ...(command === null ? [] : [t`Command ${index + 1}: ${command}`])]
  })
}

function sayReach({ reason, verdict }: HostRecord): string[] {
  if (!reason) return []
  return [
    ...(verdict.includes(reason.message) ? [] : [t`Reason: ${reason.message}`]),
    t`Where: ${reason.hop}, step ${reason.phase}, reason ${reason.reason}`,
    ...(reason.mend === null ? [] : [t`Mend: ${reason.mend}`]),
  ]
}

/** `Path: nginx :80: proven; 127.0.0.1:3000 nothing listens: broken` */
function sayPath(label: string, edges: readonly Edge[]): string[] {
  if (edges.length === 0) return []
  const states = { proven: t`proven`, broken: t`broken`, unknown: t`unknown` }
  const links = edges.map(({ label, detail, state }) => {
    const name = detail === '' || state === 'proven' ? speak(label) : `${speak(label)} ${speak(detail)}`
    return t`${name}: ${states[state]}`
  })
  return [t`${label}: ${links.reduce((all, link) => t`${all}; ${link}`)}`]
}

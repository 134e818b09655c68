import type { Scene } from '../causes/define.js'
import { causes } from '../causes/index.js'
import { blindSpots, formatBlind } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import { buildPaths } from '../path/build-paths.js'
import { type HttpAnswer, nameOf, type RequestPath } from '../path/request-path.js'
import type { Facts } from '../probes/index.js'
import type { CauseRecord, Finding, HostRecord, PathRecord, Status } from '../record.js'
import { compareRoots, type Match, type Root, rankPath } from './rank.js'

/** What is said of a host that was reached. */
export type Diagnosis = Pick<HostRecord, 'status' | 'verdict' | 'causes' | 'undecided' | 'path' | 'paths' | 'blind'>

/** What a host is diagnosed from. */
export interface Findings {
  facts: Facts
  apps: readonly AppHint[]
  login: string
  /** Answers that the public addresses gave from here. */
  fromHere: readonly HttpAnswer[]
}

/** Facts to verdict: builds the request paths, judges every cause on each, and ranks what holds. Pure. */
export function diagnose({ facts, apps, login, fromHere }: Findings): Diagnosis {
  const paths = buildPaths(facts, apps, fromHere)
  const scenes = paths.map((path): Scene => ({ path, facts, login }))
  const judged = scenes.map(judge)
  const roots = mergeRoots(judged.flatMap(({ matches }) => rankPath(matches)))
  const undecided = judged.flatMap(({ undecided }) => undecided)
  const found = roots.map(toCauseRecord)
  const status = statusOf(paths, found)
  const blind = uniqueBlind(facts)
  return {
    status,
    verdict: verdictOf(status, paths, found, facts),
    causes: found,
    undecided: uniqueBy(undecided, ({ id }) => id),
    path: mainPath(paths, found)?.edges ?? [],
    paths: paths.map(toPathRecord),
    blind,
  }
}

function judge(scene: Scene): { matches: Match[]; undecided: HostRecord['undecided'] } {
  const judged = causes.map((cause) => ({ cause, judgement: cause.judge(scene) }))
  return {
    matches: judged.flatMap(({ cause, judgement }) =>
      judgement?.holds ? [{ cause, judgement, pathId: scene.path.id, effect: effectOn(scene.path) }] : [],
    ),
    undecided: judged.flatMap(({ cause, judgement }) =>
      judgement?.holds === null ? [{ id: cause.id, title: cause.title, because: judgement.because }] : [],
    ),
  }
}

/** On a path that serves, whatever holds is a risk or a part that is down. */
function effectOn(path: RequestPath): Match['effect'] {
  return isDown(path) ? 'outage' : 'risk'
}

function isDown({ serves, edges, target }: RequestPath): boolean {
  if (serves !== null) return !serves
  return target !== null && edges.some(({ id, state }) => (id === 'target' || id === 'gateway') && state === 'broken')
}

/**
 * Whether it stays open if requests on this path succeed: nobody answered, or the gateway answers on the host itself but
 * not from here, and the firewall could not be seen. A worker, which takes no requests, leaves nothing open.
 */
function isOpen({ serves, target, site, fromHere, edges }: RequestPath): boolean {
  if (serves === null) return target !== null || site !== null
  return fromHere?.failure != null && edges.some(({ id, state }) => id === 'entrance' && state === 'unknown')
}

/** The same cause about the same thing on several paths is one cause. */
function mergeRoots(roots: readonly Root[]): (Root & { paths: string[] })[] {
  const merged = new Map<string, Root & { paths: string[] }>()
  for (const root of roots.toSorted((a, b) => compareRoots(a.root, b.root))) {
    const key = `${root.root.cause.id}\n${root.root.judgement.subject}`
    const known = merged.get(key)
    if (!known) merged.set(key, { ...root, paths: [root.root.pathId] })
    else {
      known.paths.push(root.root.pathId)
      known.consequences = [...known.consequences, ...root.consequences]
    }
  }
  return [...merged.values()]
}

function toCauseRecord({ root, consequences, paths }: Root & { paths: string[] }): CauseRecord {
  const followers = uniqueBy(consequences, ({ cause, judgement }) => `${cause.id}\n${judgement.subject}`)
  return { ...toFinding(root, paths), consequences: followers.map((match) => toFinding(match, [match.pathId])) }
}

function toFinding({ cause, judgement, effect }: Match, paths: string[]): Finding {
  const { confidence, subject, summary, evidence, against = [], remedy } = judgement
  return {
    id: cause.id,
    title: cause.title,
    layer: cause.layer,
    subject,
    confidence,
    summary,
    effect,
    paths,
    evidence: uniqueBy(evidence, ({ source, text }) => `${source}\n${text}`),
    against,
    remedy: remedy.map(({ command, note }) => ({ command: command?.text ?? null, note })),
  }
}

function statusOf(paths: readonly RequestPath[], found: readonly CauseRecord[]): Status {
  if (paths.some(isDown)) return 'broken'
  if (found.length > 0) return 'degraded'
  return paths.length === 0 || paths.some(isOpen) ? 'unknown' : 'healthy'
}

function verdictOf(status: Status, paths: readonly RequestPath[], found: readonly CauseRecord[], facts: Facts): string {
  const [first] = found
  const down = paths.filter(isDown)
  if (status === 'broken' && first?.effect === 'outage') return first.summary
  if (status === 'broken') return `${symptomOf(down[0])}; the cause is unknown${unseen(facts)}`
  if (first) return first.summary
  if (paths.length === 0) return `no web app and no gateway was found${unseen(facts)}`
  const unheard = paths.find(isOpen)?.fromHere
  if (status === 'unknown' && unheard)
    return `port ${unheard.port} answers on the host but not from here (${unheard.failure})${unseen(facts)}`
  if (status === 'unknown') return `whether requests succeed could not be seen${unseen(facts)}`
  return `${paths.length === 1 ? '1 path serves' : `${paths.length} paths serve`}`
}

function symptomOf(path: RequestPath | undefined): string {
  const answer = path?.fromHere ?? path?.throughGateway ?? path?.direct[0]
  return answer ? `requests fail with ${wordOf(answer)}` : 'requests fail'
}

function unseen(facts: Facts): string {
  const [first] = uniqueBlind(facts)
  return first ? ` because of what could not be seen: ${formatBlind(first)}` : ''
}

/** The path that matters most: that of the first cause, else the first that is down, else the first. */
function mainPath(paths: readonly RequestPath[], found: readonly CauseRecord[]): RequestPath | undefined {
  return paths.find(({ id }) => found[0]?.paths.includes(id)) ?? paths.find(isDown) ?? paths[0]
}

function toPathRecord(path: RequestPath): PathRecord {
  const direct = path.direct.find(({ status }) => status !== null) ?? path.direct[0]
  return {
    id: path.id,
    app: path.app?.name ?? null,
    serverName: path.site ? nameOf(path.site) : null,
    target: path.target?.text ?? null,
    serves: path.serves,
    directAnswer: direct ? wordOf(direct) : null,
    gatewayAnswer: path.throughGateway ? wordOf(path.throughGateway) : null,
    outsideAnswer: path.fromHere ? wordOf(path.fromHere) : null,
    edges: path.edges,
  }
}

function wordOf({ status, failure }: HttpAnswer): string {
  return status === null ? (failure ?? 'no answer') : `${status}`
}

/** The probes whose blind spots leave the most open come first. */
const weight: readonly (keyof Facts)[] = [
  'pm2',
  'processes',
  'listeners',
  'nginx',
  'nginx-errors',
  'app-logs',
  'builds',
  'firewall',
]

/** Every blind spot once. What was not asked for, because there was nothing to ask, is none. */
function uniqueBlind(facts: Facts): HostRecord['blind'] {
  const all = [...weight.map((name) => facts[name]), ...Object.values(facts)].flatMap(blindSpots)
  return uniqueBy(
    all.filter(({ reason }) => reason !== 'not-asked'),
    formatBlind,
  )
}

function uniqueBy<T>(list: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>()
  return list.filter((item) => !seen.has(key(item)) && seen.add(key(item)))
}

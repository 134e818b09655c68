import type { AnyCause, Scene, Undecided } from '../causes/define.js'
import { causes } from '../causes/index.js'
import type { CustomFacts } from '../fact.js'
import { blindSpots, formatBlind } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import { t, translate } from '../language/language.js'
import { describeAnswer, rateOf, recordAnswer, sayFailure } from '../path/answer.js'
import { buildPaths } from '../path/build-paths.js'
import { followUpstream, type Peer } from '../path/follow-upstream.js'
import { type HttpAnswer, isAnswer, nameOf, type RequestPath } from '../path/request-path.js'
import type { Facts } from '../probes/index.js'
import { keepFirst } from '../probes/keep-first.js'
import type { CauseRecord, Finding, HostRecord, Note, PathRecord, Status } from '../record.js'
import { findOutages, isOpen } from './outage.js'
import { compareRoots, type Match, type Root, rankPath } from './rank.js'

type UndecidedRecord = HostRecord['undecided'][number]

/** What is said of a host that was reached. */
export type Diagnosis = Pick<
  HostRecord,
  'status' | 'verdict' | 'causes' | 'notes' | 'undecided' | 'path' | 'paths' | 'blind'
>

/** What a host is diagnosed from. */
export interface Findings {
  facts: Facts
  apps: readonly AppHint[]
  login: string
  /** Answers that the public addresses gave from here. */
  fromHere: readonly HttpAnswer[]
  /** What the host's clock is ahead of that of the machine that ran the check; null = not known. */
  clockSkewMs?: number | null
  /** The other hosts of the run, and the name of this one among them: a path that leads to one is followed there. */
  fleet?: { self: string; peers: readonly Peer[] }
  /** What is not built in: facts, and causes to judge besides. */
  custom?: { facts: CustomFacts; causes: readonly AnyCause[] }
}

/** What causes are judged on: a scene for each request path. Pure. */
export function setScenes({ facts, apps, login, fromHere, clockSkewMs, fleet, custom }: Findings): Scene[] {
  const clock = clockSkewMs == null ? {} : { clockSkewMs }
  const shared = { facts, login, fromHere, ...clock, ...(custom && { custom: custom.facts }) }
  return buildPaths(facts, apps, fromHere).map((path) => {
    const upstreamHost = fleet && followUpstream(path, fleet.self, fleet.peers)
    return { path, ...shared, ...(upstreamHost && { upstreamHost }) }
  })
}

/** Facts to verdict: builds the request paths, judges every cause on each, and ranks what holds. Pure. */
export function diagnose(findings: Findings): Diagnosis {
  const { facts, custom } = findings
  const scenes = setScenes(findings)
  const paths = scenes.map(({ path }) => path)
  const all = [...causes, ...(custom?.causes ?? [])]
  const down = findOutages(paths, facts)
  const judged = scenes.map((scene) => judge(scene, all, down))
  const roots = mergeRoots(judged.flatMap(({ matches }) => rankPath(matches.filter(isProblem))))
  const notes = judged.flatMap(({ matches }) => matches.filter((match) => !isProblem(match)))
  const undecided = judged.flatMap(({ undecided }) => undecided)
  const found = roots.map(toCauseRecord)
  const status = statusOf({ paths, down, found, facts })
  const blind = uniqueBlind(facts)
  return {
    status,
    verdict: verdictOf({ status, paths, down, found, facts }),
    causes: found,
    notes: keepFirst(notes, keyOf).map(toNote),
    undecided: mergeUndecided(undecided),
    path: mainPath({ paths, down, found })?.edges ?? [],
    paths: scenes.map(toPathRecord),
    blind,
  }
}

function judge(
  scene: Scene,
  causes: readonly AnyCause[],
  down: readonly RequestPath[],
): { matches: Match[]; undecided: UndecidedRecord[] } {
  const judged = causes.map((cause) => ({ cause, judgement: cause.judge(scene) }))
  // On a path that serves, or that nobody misses, whatever holds is a risk or a part that is down.
  const effect: Match['effect'] = down.includes(scene.path) ? 'outage' : 'risk'
  return {
    matches: judged.flatMap(({ cause, judgement }) =>
      judgement?.holds
        ? [{ cause, judgement, pathId: scene.path.id, effect: judgement.isLatent ? 'risk' : effect }]
        : [],
    ),
    undecided: judged.flatMap(({ cause, judgement }) =>
      judgement?.holds === null ? [toUndecided(cause, judgement, scene.path.id)] : [],
    ),
  }
}

function toUndecided({ id, title }: AnyCause, { because, decide }: Undecided, pathId: string): UndecidedRecord {
  return { id, title: translate(title), because, decide: decide ?? null, paths: [pathId] }
}

/** The same cause on several paths is one, and what is missing on the first stands for all. */
function mergeUndecided(all: readonly UndecidedRecord[]): UndecidedRecord[] {
  const pathsOf = (id: string) => all.filter((other) => other.id === id).flatMap(({ paths }) => paths)
  return keepFirst(all, ({ id }) => id).map((one) => ({ ...one, paths: pathsOf(one.id) }))
}

function isProblem({ judgement }: Match): boolean {
  return !judgement.isNote
}

function keyOf({ cause, judgement }: Match): string {
  return `${cause.id}\n${judgement.subject}`
}

function toNote(match: Match): Note {
  const { id, title, summary, evidence, remedy } = toFinding(match, [])
  return { id, title, summary, evidence, remedy }
}

/** The same cause about the same thing on several paths is one cause. */
function mergeRoots(roots: readonly Root[]): (Root & { paths: string[] })[] {
  const merged = new Map<string, Root & { paths: string[] }>()
  for (const root of roots.toSorted((a, b) => compareRoots(a.root, b.root))) {
    const key = keyOf(root.root)
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
  const followers = keepFirst(consequences, keyOf)
  return { ...toFinding(root, paths), consequences: followers.map((match) => toFinding(match, [match.pathId])) }
}

function toFinding({ cause, judgement, effect }: Match, paths: string[]): Finding {
  const { confidence, subject, summary, evidence, against = [], remedy } = judgement
  return {
    id: cause.id,
    title: translate(cause.title),
    layer: cause.layer,
    subject,
    confidence,
    summary,
    effect,
    paths,
    evidence: keepFirst(evidence, ({ source, text }) => `${source}\n${text}`),
    against,
    remedy: remedy.map(({ command, note, risk = '' }) => ({
      command: command?.text ?? null,
      note: translate(note),
      // `none` is a word of the record.
      risk: risk === 'none' ? risk : translate(risk),
    })),
  }
}

interface Judged {
  status: Status
  paths: readonly RequestPath[]
  /** Those of `paths` that are an outage. */
  down: readonly RequestPath[]
  found: readonly CauseRecord[]
  facts: Facts
}

function statusOf({ paths, down, found, facts }: Omit<Judged, 'status'>): Status {
  if (down.length > 0) return 'broken'
  if (found.length > 0) return 'degraded'
  return paths.length === 0 || paths.some((path) => isOpen(path, facts)) ? 'unknown' : 'healthy'
}

function verdictOf({ status, paths, down, found, facts }: Judged): string {
  const [first] = found
  if (status === 'broken' && first?.effect !== 'outage') return unexplained(down[0], facts)
  if (first) return first.summary
  if (paths.length === 0) {
    const blind = unseen(facts)
    return blind === undefined
      ? t`no web app and no gateway was found`
      : t`no web app and no gateway was found because of what could not be seen: ${blind}`
  }
  const unheard = paths.find((path) => isOpen(path, facts))?.fromHere
  if (status === 'unknown' && unheard) return unreachedHere(unheard, facts)
  if (status === 'unknown') {
    const blind = unseen(facts)
    return blind === undefined
      ? t`whether requests succeed could not be seen`
      : t`whether requests succeed could not be seen because of what could not be seen: ${blind}`
  }
  return paths.length === 1 ? t`1 path serves` : t`${paths.length} paths serve`
}

function unexplained(path: RequestPath | undefined, facts: Facts): string {
  const symptom = symptomOf(path)
  const blind = unseen(facts, tellingOf(path))
  return blind === undefined
    ? t`${symptom}; the cause is unknown`
    : t`${symptom}; the cause is unknown because of what could not be seen: ${blind}`
}

function unreachedHere({ port, failure }: HttpAnswer, facts: Facts): string {
  const blind = unseen(facts, ['firewall'])
  const word = sayFailure(failure)
  return blind === undefined
    ? t`port ${port} answers on the host but not from here (${word})`
    : t`port ${port} answers on the host but not from here (${word}) because of what could not be seen: ${blind}`
}

function symptomOf(path: RequestPath | undefined): string {
  const answers = [path?.fromHere, path?.throughGateway, path?.direct[0]].filter((answer) => answer != null)
  const mixed = answers.find((answer) => rateOf(answer) !== undefined)
  if (mixed) return t`now and then requests fail: ${describeAnswer(mixed)}`
  const [answer] = answers
  return answer ? t`requests fail with ${describeAnswer(answer)}` : t`requests fail`
}

/** Where the app itself answers, what could not be seen of the gateway tells. */
function tellingOf(path: RequestPath | undefined): readonly (keyof Facts)[] {
  return path?.direct.some(isAnswer) ? ['nginx', 'nginx-errors'] : telling
}

function unseen(facts: Facts, names: readonly (keyof Facts)[] = telling): string | undefined {
  const [first] = names.flatMap((name) => blindSpots(facts[name])).filter(({ reason }) => reason !== 'not-asked')
  return first && formatBlind(first)
}

/** The path that matters most: that of the first cause, else the first that is down, else the first. */
function mainPath({ paths, down, found }: Pick<Judged, 'paths' | 'down' | 'found'>): RequestPath | undefined {
  return paths.find(({ id }) => found[0]?.paths.includes(id)) ?? down[0] ?? paths[0]
}

function toPathRecord({ path, upstreamHost }: Scene): PathRecord {
  const direct = path.direct.find(({ status }) => status !== null) ?? path.direct[0]
  return {
    id: path.id,
    app: path.app?.name ?? null,
    serverName: path.site ? nameOf(path.site) : null,
    target: path.target?.text ?? null,
    serves: path.serves,
    directAnswer: direct ? recordAnswer(direct) : null,
    gatewayAnswer: path.throughGateway ? recordAnswer(path.throughGateway) : null,
    outsideAnswer: path.fromHere ? recordAnswer(path.fromHere) : null,
    upstreamHost: upstreamHost?.name ?? null,
    edges: path.edges,
  }
}

/** The probes whose blind spots leave a cause open; those that leave the most open come first. */
const telling: readonly (keyof Facts)[] = [
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
  const all = [...telling.map((name) => facts[name]), ...Object.values(facts)].flatMap(blindSpots)
  return keepFirst(
    all.filter(({ reason }) => reason !== 'not-asked'),
    formatBlind,
  )
}

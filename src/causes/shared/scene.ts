import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import type { App } from '../../path/app.js'
import { type Crash, findCrash } from '../../path/crash.js'
import { type Pm2State, pm2StateOf } from '../../path/pm2-state.js'
import { type EdgeId, type Evidence, type HttpAnswer, isAnswer, type RequestPath } from '../../path/request-path.js'
import type { ServiceState } from '../../path/service-app.js'
import type { ErrorKind, LogFacts } from '../../probes/gateway/log-facts.js'
import type { Scene } from '../define.js'

/** Words for what a scene shows, which several causes judge by. */

/** The state of a link of the path; undefined where the path has no such link. */
export function stateOf({ path }: Scene, id: EdgeId): 'proven' | 'broken' | 'unknown' | undefined {
  return path.edges.find((edge) => edge.id === id)?.state
}

/** Whether nothing takes connections where the gateway sends them, on this host itself. */
export function isRefused(scene: Scene): boolean {
  return scene.path.target?.isLocal !== false && stateOf(scene, 'target') === 'broken'
}

/** Whether anything listens on this port of the host itself, on whichever address. */
export function listensHere({ facts }: Scene, port: number | null): boolean {
  return knownValue(facts.listeners)?.listeners.some((listener) => listener.port === port) ?? false
}

/** An app that pm2 should run, with pm2's state of it, if that is one of these. */
export function appInState(scene: Scene, ...states: Pm2State[]): App | undefined {
  const { app } = scene.path
  const state = app ? pm2StateOf(app, scene.facts) : undefined
  return app && state !== undefined && states.includes(state) ? app : undefined
}

/** Whether an app's life keeps ending: then its log says why. */
export function isCrashing(scene: Scene): App | undefined {
  return (
    appInState(scene, 'errored', 'looping', 'exited') ??
    (isRefused(scene) ? appInState(scene, 'online', 'starting') : undefined) ??
    serviceIn(scene, ...(isRefused(scene) ? [...dying, 'running' as const, 'starting' as const] : dying))
  )
}

const dying: readonly ServiceState[] = ['failed', 'looping']

/** An app that is a service and not pm2's, if its state is one of these. */
function serviceIn({ path: { app } }: Scene, ...states: ServiceState[]): App | undefined {
  return app?.service?.unit && app.instances.length === 0 && states.includes(app.service.state) ? app : undefined
}

/** The crash of the path's app, if it keeps crashing and its log names this cause. */
export function crashBy(scene: Scene, cause: string): { app: App; crash: Crash } | undefined {
  const app = isCrashing(scene)
  const crash = app ? findCrash(app, scene.facts) : undefined
  return app && crash?.cause === cause ? { app, crash } : undefined
}

/** What a person calls the gateway of the path. */
export function gatewayName({ path }: Scene): string {
  return path.gateway?.name ?? t`the gateway`
}

/** Lines of the gateway's log about this path, of the last hour, newest kind first. */
export function recentErrors({ path }: Scene, ...kinds: ErrorKind[]): LogFacts['kinds'] {
  const all = path.gateway?.errors?.kinds ?? []
  return all
    .filter((entry) => kinds.length === 0 || kinds.includes(entry.kind))
    .filter((entry) => entry.countLastHour > 0 && concerns(entry, path))
    .toReversed()
}

type Logged = LogFacts['kinds'][number]

function concerns({ upstream, server }: Logged, { site, location, target }: RequestPath): boolean {
  // Behind a front the line names the site behind.
  const isOwnSite = site?.locations.some((own) => own === location) ?? false
  if (isOwnSite && server !== null && server !== (site?.names[0] ?? '')) return false
  if (upstream === null || target === null) return true
  if (target.unixPath !== null) return upstream.includes(target.unixPath)
  // sample: http://127.0.0.1:3000; for a whole block http://app
  return upstream.endsWith(`:${target.port}`) || upstream.endsWith(`/${location?.proxyPass?.upstream}`)
}

/** The newest line of these kinds, quoted with its count, without what every line of that log starts with. */
export function errorEvidence(scene: Scene, ...kinds: ErrorKind[]): Evidence[] {
  const source = logOf(scene)
  return recentErrors(scene, ...kinds)
    .slice(0, 1)
    .map(({ sample, countLastHour }) => ({ source, text: t`${countLastHour}× in the last hour: ${shorten(sample)}` }))
}

/** Where the gateway's log is: its path, or the command that shows it. */
export function logOf(scene: Scene): string {
  return scene.path.gateway?.errors?.files[0]?.path ?? t`${gatewayName(scene)} error log`
}

function shorten(line: string): string {
  // sample: 2026/11/24 08:37:50 [error] 103#103: *69 connect() failed (111: Connection refused) while …, client: 10.0.0.1, server: …
  // sample: [Tue Nov 24 11:46:19.487451 2026] [proxy:error] [pid 827:tid 8] (111)Connection refused: AH00957: …
  return line
    .replace(/^\S+ \S+ \[\w+\] \d+#\d+: (?:\*\d+ )?|^\[[^\]]+\] \[[\w:]+\] \[pid [^\]]+\] /, '')
    .replace(/, client: [^,]+/, '')
}

/** The evidence that a link of the path itself carries. */
export function edgeEvidence({ path }: Scene, ...ids: EdgeId[]): Evidence[] {
  return path.edges.filter((edge) => ids.includes(edge.id)).flatMap((edge) => edge.evidence)
}

/** What speaks against a cause of an outage: pages that the path gives now. */
export function goodAnswers({ path }: Scene): Evidence[] {
  return [...path.direct, path.throughGateway, path.fromHere]
    .filter((answer): answer is HttpAnswer => answer !== null && isAnswer(answer))
    .slice(0, 2)
    .map(requestEvidence)
}

/** The answers that a path gives, quoted: through the gateway, and straight from the app. */
export function answerEvidence({ path }: Scene): Evidence[] {
  const answers: HttpAnswer[] = [
    ...path.direct.slice(0, 1),
    ...[path.throughGateway, path.fromHere].filter((answer) => answer !== null),
  ]
  return answers.map(requestEvidence)
}

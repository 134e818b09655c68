import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { single } from '../../path/match-app.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import { findServiceApps, type ServiceApp, type ServiceState } from '../../path/service-app.js'
import type { JournalLine } from '../../probes/journals.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import type { BootHook, Unit } from '../../probes/services.js'
import type { Scene, Undecided } from '../define.js'
import { isRefused } from './scene.js'

/** Words for what the services of a host show, which several causes judge by. */

/** What is true of pm2, and no fault, where an app is a service of systemd. */
export const pm2WithoutApp = [
  'pm2-daemon-not-running',
  'pm2-app-missing',
  'pm2-dump-missing-or-empty',
  'pm2-startup-missing',
]

/** The verdict of causes that turn on a service, where none may be looked at. */
export function unseenServices(): Undecided {
  return {
    holds: null,
    because: t`the services could not be seen`,
    decide: 'systemctl list-units --all --type=service',
  }
}

export type UnitApp = ServiceApp & { unit: Unit }

/**
 * The app of a unit that should answer on this path: the one whose settings name the port, that runs in the app's folder,
 * or that bears its name. An app that pm2 runs now is none.
 */
export function serviceBehind({ path: { target, app }, facts }: Scene): UnitApp | undefined {
  if (target?.isLocal === false || (app?.instances.length ?? 0) > 0) return undefined
  const apps = findServiceApps(facts).filter(isUnitApp)
  const port = target?.port ?? app?.port ?? null
  return (
    single(apps.filter((each) => port !== null && each.port === port)) ??
    single(apps.filter(({ cwd }) => cwd !== null && cwd === app?.cwd)) ??
    apps.find(({ name }) => name === app?.name)
  )
}

/** The same, if nothing takes the path's requests and the unit is in one of these states. */
export function serviceInState(scene: Scene, ...states: ServiceState[]): UnitApp | undefined {
  const service = serviceBehind(scene)
  return service && states.includes(service.state) && isDown(scene) ? service : undefined
}

/** Whether nothing takes connections where this path leads. */
export function isDown(scene: Scene): boolean {
  return scene.path.site === null ? scene.path.listeners.length === 0 : isRefused(scene)
}

function isUnitApp(app: ServiceApp): app is UnitApp {
  return app.unit !== null
}

/** The units that start this pm2: of its home, or, where they name none, of its user. */
export function unitsOf(daemon: Pick<Pm2Daemon, 'home' | 'user'>, { facts }: Scene): Unit[] {
  const units = (knownValue(facts.services)?.units ?? []).filter(({ role }) => role === 'pm2')
  return units.filter(({ environment, user }) =>
    environment.PM2_HOME === undefined ? (user ?? 'root') === daemon.user : environment.PM2_HOME === daemon.home,
  )
}

/** What starts this pm2 at boot, enabled or not. */
export function hooksOf(daemon: Pm2Daemon, scene: Scene): BootHook[] {
  const units = new Set(unitsOf(daemon, scene).map(({ name }) => name))
  return (knownValue(scene.facts.services)?.bootHooks ?? []).filter(({ kind, user, name }) =>
    kind === 'unit' ? units.has(name) : user === null || user === daemon.user || user === 'root',
  )
}

/**
 * Whether its last start failed, rather than what had started: systemd could not run its program (200 and above), waited in
 * vain for it, or it has not been active since that start.
 */
export function hasFailedToStart({ activeState, subState, result, exit, activeMs, triedMs }: Unit): boolean {
  if (activeState !== 'failed' && subState !== 'auto-restart' && activeState !== 'activating') return false
  if (['signal', 'core-dump', 'oom-kill', 'watchdog'].includes(result)) return false
  const isRefused = exit?.how === 'exited' && (exit.status >= 200 || exit.status === 127)
  return isRefused || ['timeout', 'protocol', 'resources'].includes(result) || (triedMs ?? 0) > (activeMs ?? 0)
}

/** What a unit needs and is not there. A folder of its PATH is no loss, as long as another one has node. */
export function missingOf({ gone, hasNode, environment }: Unit): string[] {
  const path = hasNode === false ? [] : (environment.PATH?.split(':') ?? [])
  return gone.filter((each) => !path.includes(each))
}

/** Statuses that systemd itself ends with when it cannot start a program: systemd.exec(5), "Process exit codes". */
const refusals: Record<number, () => string> = {
  200: () => t`its working directory cannot be entered (200/CHDIR)`,
  203: () => t`its program cannot be executed (203/EXEC)`,
  209: () => t`its output cannot be opened (209/STDOUT)`,
  216: () => t`its group does not exist (216/GROUP)`,
  217: () => t`its user does not exist (217/USER)`,
  226: () => t`its sandbox cannot be set up (226/NAMESPACE)`,
  127: () => t`a command in it was not found (127)`,
  137: () => t`it was killed (137)`,
}

const results: Record<string, () => string> = {
  'oom-kill': () => t`a process of it was killed for want of memory`,
  timeout: () => t`it did not start in time`,
  protocol: () => t`it did not announce itself as its Type= demands`,
  resources: () => t`systemd lacked a resource, or could not read a file that it names`,
  watchdog: () => t`its watchdog was not fed`,
  'start-limit-hit': () => t`it was started too often in too short a time`,
}

/** Why a unit is down, in a few words. */
export function reasonOf({ result, exit }: Unit): string {
  const refusal = exit?.how === 'exited' ? refusals[exit.status] : undefined
  if (refusal !== undefined) return refusal()
  const known = result === 'start-limit-hit' && exit !== null ? undefined : results[result]
  if (known !== undefined) return known()
  if (exit)
    return exit.how === 'exited'
      ? t`it ended with status ${exit.status}`
      : t`it was ${exit.how} by signal ${exit.status}`
  return result === '' ? t`why is not known` : result
}

/** `classrooom.service is failed (exit-code), status 203, 5 restarts, enabled` */
export function unitEvidence(unit: Unit): Evidence {
  const { name, activeState, subState, result, exit, restarts, enabled } = unit
  const parts = [
    `${activeState} (${subState})`,
    ...(result === '' || result === 'success' ? [] : [t`result ${result}`]),
    ...(exit ? [`${exit.how} ${exit.status}`] : []),
    ...(restarts ? [t`${restarts} restarts`] : []),
    ...(enabled === '' ? [] : [enabled]),
  ]
  return { source: `systemctl show ${name}`, text: joinWords(parts) }
}

/** What its manager says of an app: pm2, or systemd. */
export function managerEvidence(app: App): Evidence[] {
  const unit = app.instances.length === 0 ? app.service?.unit : undefined
  return unit ? [unitEvidence(unit)] : pm2Evidence(app)
}

/** The last lines of a unit's journal since its last start: those that the app wrote, or those of systemd that tell most. */
export function journalEvidence(
  { name, triedMs }: Unit,
  { facts }: Scene,
  who: 'app' | 'systemd',
  most = 2,
): Evidence[] {
  const lines = knownValue(facts.journals)?.journals.find(({ unit }) => unit === name)?.lines ?? []
  // systemd's own times are told in whole seconds.
  const isOfNow = ({ atMs }: JournalLine) => atMs === null || triedMs === null || atMs >= triedMs - 1000
  const isTheirs = ({ from }: JournalLine) => (from === 'systemd') === (who === 'systemd')
  const said = lines.filter((line) => isTheirs(line) && isOfNow(line) && !isFiller.test(line.text))
  const telling = said.filter(({ text }) => who === 'app' || !isEcho.test(text))
  return (telling.length > 0 ? telling : said)
    .slice(-most)
    .map(({ text }) => ({ source: `journalctl -u ${name}`, text: text.trim() }))
}

// sample: web.service: Failed with result 'resources'.; Failed to start web.service - Our site.; web.service: Scheduled restart job, restart counter is at 5.
const isEcho =
  /: (?:Failed with result|Failed to run 'start' task|Scheduled restart job|Start request repeated|Consumed) ?|^(?:Started|Starting|Failed to start) /

// sample: "    at Module._compile (node:…", "Node.js v20.20.0", "    ^", "}", "└────┴─────"
const isFiller = /^\s*at |^[{}\s^]*$|^Node\.js v|^[│┌├└]/

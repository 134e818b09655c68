import { dirname } from 'node:path'
import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import type { Unit } from '../../probes/services.js'
import { type Script, sh } from '../../shell.js'
import type { RemedyStep, Scene, Undecided } from '../define.js'
import { asRoot } from './remedies.js'
import { isDown, unitsOf } from './service.js'
import { risks } from './steps.js'

/** Which pm2 a unit is for: enough to write the unit anew. */
export type StartedPm2 = Pick<Pm2Daemon, 'user' | 'userHome' | 'home' | 'nodePath' | 'pm2Path'>

/** A unit that should start the pm2 of this path. */
export interface Pm2Start {
  unit: Unit
  pm2: StartedPm2
  /** Whether requests fail for want of that pm2; else it lives, and the next boot is what is at stake. */
  isOutage: boolean
  /** The pm2 of the path is the unit's for sure; false where its folder may not be seen, and it is the only one. */
  isCertain: boolean
}

/** The verdict where what starts this pm2 may not be looked at. */
export function unseenUnit({ user }: Pick<Pm2Daemon, 'user'>, because: string): Undecided {
  return { holds: null, because, decide: sh`systemctl status ${`pm2-${user}.service`}`.text }
}

/** The unit of this kind that concerns the path; undecided where pm2 is down and services could not be seen. */
export function findPm2Start(scene: Scene, isFaulty: (unit: Unit) => boolean): Pm2Start | Undecided | undefined {
  const { path, facts } = scene
  const daemon = path.app?.daemon
  const isOutage = isDown(scene) && path.serves !== true && (daemon ? daemon.pid === null : path.app === null)
  if (!isOutage && !(path.serves === true && daemon && daemon.pid !== null)) return undefined
  const all = knownValue(facts.services)?.units
  if (all == null) return isOutage && daemon ? unseenUnit(daemon, t`pm2's service could not be seen`) : undefined
  if (daemon) {
    const unit = unitsOf(daemon, scene).find(isFaulty)
    return unit && { unit, pm2: daemon, isOutage, isCertain: true }
  }
  const units = all.filter(({ role }) => role === 'pm2')
  const [unit] = units
  const isAlone = units.length === 1 && unit !== undefined && isFaulty(unit) && !isAnyPm2Alive(scene)
  return isAlone ? { unit, pm2: pm2Of(unit), isOutage, isCertain: false } : undefined
}

function isAnyPm2Alive({ facts }: Scene): boolean {
  const processes = knownValue(facts.processes)
  return !processes || processes.hidesOthers || processes.processes.some(({ name }) => name.startsWith('PM2 v'))
}

function pm2Of({ user, environment }: Unit): StartedPm2 {
  const owner = user ?? 'root'
  const home = environment.PM2_HOME ?? (owner === 'root' ? '/root/.pm2' : `/home/${owner}/.pm2`)
  return { user: owner, home, userHome: dirname(home), nodePath: null, pm2Path: null }
}

/** Write the unit anew, and start it where pm2 is down. */
export function renewUnit({ login }: Scene, { unit, pm2, isOutage, isCertain }: Pm2Start): RemedyStep[] {
  // 217/USER: where pm2's folder may not be seen, the unit is all that names its user, and is wrong about it.
  if (!isCertain && unit.exit?.status === 217)
    return [
      {
        command: asRoot(login, sh`systemctl edit --full ${unit.name}`),
        note: t`${pm2.user} is no user of this host: let User= name the owner of ${pm2.home}`,
        risk: risks.none,
      },
    ]
  return [
    {
      command: asRoot(login, startup(pm2, 'unstartup'), startup(pm2)),
      note: t`writes the unit anew for today's pm2 and node of ${pm2.user}; running apps go on`,
      risk: t`changes made in the unit by hand are lost`,
    },
    ...(isOutage
      ? [
          {
            command: asRoot(login, sh`systemctl restart ${unit.name}`),
            note: t`starts pm2 and what it had saved`,
            risk: risks.none,
          },
        ]
      : []),
  ]
}

/** The line that `pm2 startup` itself would print, to be run as root. */
export function startup(
  { user, userHome, home, nodePath, pm2Path }: StartedPm2,
  word: 'startup' | 'unstartup' = 'startup',
): Script {
  const path = nodePath === null ? [] : [`PATH=${dirname(nodePath)}:/usr/local/bin:/usr/bin:/bin`]
  const folder = home === `${userHome}/.pm2` ? [] : [`PM2_HOME=${home}`]
  const variables = [...path, ...folder]
  const env = variables.length === 0 ? [] : ['env', ...variables]
  return sh`${[...env, pm2Path ?? 'pm2', word, 'systemd', '-u', user, '--hp', userHome ?? dirname(home)]}`
}

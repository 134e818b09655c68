import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type Scene } from '../define.js'
import { asRoot, pm2 } from '../shared/remedies.js'
import { answerEvidence } from '../shared/scene.js'
import {
  hooksOf,
  isDown,
  pm2WithoutApp,
  serviceBehind,
  type UnitApp,
  unitEvidence,
  unseenServices,
} from '../shared/service.js'
import { risks } from '../shared/steps.js'

/**
 * pm2 has the app in its files and does not run it, because a service of systemd does: so that pm2 lacks it is no fault.
 * Where both start at boot, the second one will find the port taken.
 */
export default defineCause({
  id: 'app-managed-elsewhere',
  title: 'the app is a service of systemd, no longer of pm2',
  layer: 'pm2',
  breaks: 'manager',
  explains: pm2WithoutApp,
  needs: ['pm2', 'services', 'processes'],
  runbook: {
    symptom: 'pm2 seems to have lost the app, though a unit of systemd runs it',
    signs: [
      'pm2 does not run the app; its dump or the ecosystem file still names it',
      'a unit of systemd runs from the same folder or on the same port',
    ],
    against: [
      'pm2-app-missing: no unit runs the app either',
      'eaddrinuse-other-app: both run, and the second one dies of the taken port',
    ],
    remedy: [
      { step: 'look at the unit: `systemctl status <unit> --no-pager`', risk: risks.none },
      {
        step: 'have pm2 forget what it does not run: `pm2 save --force`',
        risk: 'the next boot starts exactly what is listed now',
      },
    ],
  },
  source: 'proc(5), cgroup: the unit that a process was started in.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app?.daemon || app.instances.length > 0) return undefined
    const { services } = scene.facts
    if (!services.known || services.value.units === null) return isDown(scene) ? unseenServices() : undefined
    const service = serviceBehind(scene)
    if (!service || !['running', 'starting'].includes(service.state)) return undefined
    if (serves !== true)
      return isDown(scene) ? tell(scene, service, app.daemon, t`it is that service that does not answer`) : undefined
    const isSaved = app.saved !== null && hooksOf(app.daemon, scene).some(({ isEnabled }) => isEnabled)
    return isSaved && isHeldBy(service, scene)
      ? tell(scene, service, app.daemon, t`pm2 has it saved, too, and both will start it at the next boot`)
      : undefined
  },
})

function tell(scene: Scene, service: UnitApp, daemon: Pm2Daemon, what: string): Holds {
  const { app } = scene.path
  return {
    holds: true,
    confidence: 'medium',
    subject: service.unit.name,
    summary: t`${app?.name} is run by ${service.unit.name}, not by pm2: ${what}`,
    evidence: [
      unitEvidence(service.unit),
      { source: `pm2 (${daemon.user})`, text: t`does not run ${app?.name}` },
      ...answerEvidence(scene),
    ],
    remedy: [
      {
        command: asRoot(scene.login, sh`systemctl status ${service.unit.name} --no-pager`),
        note: t`shows how the service is`,
        risk: risks.none,
      },
      ...(app?.saved && daemon.pid !== null
        ? [
            {
              command: pm2(scene, app, 'save', '--force'),
              note: t`has pm2 forget what it does not run`,
              risk: t`the next boot starts exactly what is listed now: check \`pm2 list\` first`,
            },
          ]
        : []),
    ],
  }
}

function isHeldBy({ unit }: UnitApp, { path, facts }: Scene): boolean {
  const held = new Set(path.listeners.flatMap(({ pids }) => pids))
  return (knownValue(facts.processes)?.processes ?? []).some(
    (process) => process.unit === unit.name && held.has(process.pid),
  )
}

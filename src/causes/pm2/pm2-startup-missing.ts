import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import type { BootHook } from '../../probes/services.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type RemedyStep, type Scene, type Undecided } from '../define.js'
import { isRebootedSince, rebootEvidence } from '../shared/reboot.js'
import { asRoot, runAs, startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { hooksOf, isDown } from '../shared/service.js'
import { startup, unseenUnit } from '../shared/startup.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-startup-missing',
  title: 'nothing starts pm2 at boot',
  layer: 'pm2',
  breaks: 'target',
  explains: ['pm2-daemon-not-running', 'no-listener', 'pm2-app-missing', 'pm2-dump-missing-or-empty'],
  needs: ['pm2', 'services'],
  runbook: {
    symptom: 'all is well until a reboot, and 502 after it',
    signs: [
      'no enabled unit, init script, crontab or rc.local starts pm2 of <user>',
      'the host was booted after the last line of pm2.log, where requests fail by it',
    ],
    against: [
      'pm2-unit-failed: there is an enabled unit, and it failed',
      'pm2-startup-stale-path: its unit names a node that is gone',
      'pm2-dump-missing-or-empty: pm2 was started at boot, with nothing to start',
      'pm2-daemon-not-running: pm2 ended with no boot between',
    ],
    remedy: [
      { step: 'where pm2 is down, start the app: `pm2 resurrect`', risk: 'starts every app that was saved' },
      { step: 'as <user>: `pm2 save`', risk: risks.save },
      {
        step: 'as root, the line that `pm2 startup` prints',
        risk: 'writes a unit of systemd and enables it; starts nothing now',
      },
    ],
  },
  source: 'Unitech/pm2#1055, #2723; lib/API/Startup.js: what `pm2 startup` installs on systemd, OpenRC and SysV.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app?.daemon) return undefined
    if (serves === true) return judgeNextBoot(scene, app, app.daemon)
    if (!appInState(scene, 'no-daemon') || !isDown(scene)) return undefined
    return judgeLastBoot(scene, app, app.daemon)
  },
})

/** The host was booted, and pm2 did not come back. */
function judgeLastBoot(scene: Scene, app: App, daemon: Pm2Daemon): Holds | Undecided | undefined {
  const { services } = scene.facts
  const isRebooted = isRebootedSince(daemon, scene)
  if (isRebooted === false) return undefined
  if (!services.known || services.value.units === null)
    return unseenUnit(daemon, t`what starts pm2 at boot could not be seen`)
  const hooks = hooksOf(daemon, scene)
  if (hooks.some(({ isEnabled }) => isEnabled)) return undefined
  if (isRebooted === undefined)
    return {
      holds: null,
      because: t`when pm2 of ${daemon.user} last ran is not known`,
      decide: runAs(daemon.user, scene.login, sh`tail -n 1 ${`${daemon.home}/pm2.log`}`).text,
    }
  const isCertain = services.blind.length === 0 && !hooks.some(({ isEnabled }) => isEnabled === null)
  return {
    holds: true,
    confidence: isCertain ? 'high' : 'medium',
    subject: daemon.home,
    summary: t`the host was booted, and nothing starts pm2 of ${daemon.user}, so ${app.name} does not run`,
    evidence: [
      ...rebootEvidence(daemon, scene),
      hookEvidence(hooks, daemon),
      ...answerEvidence(scene),
      ...errorEvidence(scene, 'connect-refused'),
    ],
    against: hooks
      .filter(({ isEnabled }) => isEnabled === null)
      .map(({ name }) => ({ source: name, text: t`runs something at boot that may be meant to start pm2` })),
    remedy: [startAgain(scene, app), ...installHook(scene, daemon, hooks)],
  }
}

/** All is well until the next boot. Said only where everything that could start pm2 was seen. */
function judgeNextBoot(scene: Scene, app: App, daemon: Pm2Daemon): Holds | undefined {
  const { services } = scene.facts
  if (daemon.pid === null || app.instances.length === 0) return undefined
  if (!services.known || services.blind.length > 0 || services.value.units === null) return undefined
  const hooks = hooksOf(daemon, scene)
  if (services.value.manager === 'none' || hooks.some(({ isEnabled }) => isEnabled !== false)) return undefined
  return {
    holds: true,
    confidence: 'high',
    subject: daemon.home,
    summary: t`nothing starts pm2 of ${daemon.user} at boot: the next one will take ${app.name} down`,
    evidence: [hookEvidence(hooks, daemon)],
    remedy: installHook(scene, daemon, hooks),
  }
}

function hookEvidence(hooks: readonly BootHook[], { user }: Pm2Daemon) {
  const [hook] = hooks.filter(({ isEnabled }) => isEnabled === false)
  if (hook)
    return { source: hook.kind === 'unit' ? `systemctl is-enabled ${hook.name}` : hook.name, text: t`not enabled` }
  return { source: 'services', text: t`no unit, init script, crontab or rc.local starts pm2 of ${user}` }
}

function installHook(scene: Scene, daemon: Pm2Daemon, hooks: readonly BootHook[]): RemedyStep[] {
  const unit = hooks.find(({ kind }) => kind === 'unit')
  if (unit)
    return [
      {
        command: asRoot(scene.login, sh`systemctl enable ${unit.name}`),
        note: t`has systemd start pm2 at boot; starts nothing now`,
        risk: risks.none,
      },
    ]
  return [
    {
      command: asRoot(scene.login, startup(daemon)),
      note: t`writes and enables a unit that starts pm2 of ${daemon.user} and its saved apps at boot`,
      risk: risks.none,
    },
  ]
}

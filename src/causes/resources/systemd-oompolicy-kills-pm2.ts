import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Unit } from '../../probes/services.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { isDown, unitEvidence, unitsOf } from '../shared/service.js'
import { unseenUnit } from '../shared/startup.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'systemd-oompolicy-kills-pm2',
  title: 'one process ran out of memory, and systemd stopped all of pm2',
  layer: 'resources',
  breaks: 'target',
  explains: ['pm2-daemon-not-running', 'oom-killed-app', 'pm2-unit-failed', 'no-listener', 'pm2-app-missing'],
  needs: ['services'],
  runbook: {
    symptom: '502 on every app of one user, all at once, under load',
    signs: [
      "pm2's unit ended with result oom-kill, or systemd says that a process of it was killed by the OOM killer",
      'OOMPolicy of the unit is stop, the default',
    ],
    against: [
      'oom-killed-app: pm2 lives and starts the killed app again',
      'pm2-unit-failed: the unit could not be started',
      'pm2-daemon-not-running: somebody ended it',
    ],
    remedy: [
      {
        step: 'let pm2 live on when one of its processes is killed: OOMPolicy=continue in the unit, then `systemctl daemon-reload`',
        risk: risks.none,
      },
      { step: '`systemctl restart <unit>`', risk: risks.none },
      { step: 'give it more memory, or have the app need less', risk: risks.none },
    ],
  },
  source: 'systemd.service(5), OOMPolicy=: `stop` by default, for the whole unit; Unitech/pm2#5941, #5879.',
  judge: (scene) => {
    const daemon = scene.path.app?.daemon
    if (!daemon || daemon.pid !== null || !isDown(scene)) return undefined
    if (!scene.facts.services.known || scene.facts.services.value.units === null)
      return unseenUnit(daemon, t`how pm2's service ended could not be seen`)
    const unit = unitsOf(daemon, scene).find(({ activeState }) => activeState !== 'active')
    if (!unit || unit.oomPolicy === 'continue') return undefined
    const said = oomLine(unit, scene)
    if (unit.result !== 'oom-kill' && !said) return undefined
    const folder = `/etc/systemd/system/${unit.name}.d`
    return {
      holds: true,
      confidence: 'high',
      subject: unit.name,
      summary: t`systemd stopped ${unit.name} with all its apps when the kernel killed one process for want of memory`,
      evidence: [
        unitEvidence(unit),
        ...(said ? [{ source: `journalctl -u ${unit.name}`, text: said }] : []),
        { source: `systemctl show ${unit.name}`, text: `OOMPolicy=${unit.oomPolicy ?? t`stop (the default)`}` },
        ...(unit.memoryMaxBytes === null
          ? []
          : [
              {
                source: `systemctl show ${unit.name}`,
                text: `MemoryMax=${Math.round(unit.memoryMaxBytes / 2 ** 20)}M`,
              },
            ]),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`mkdir -p ${folder}`,
            sh`sh -c ${`printf '[Service]\\nOOMPolicy=continue\\n' > ${folder}/oom.conf`}`,
            sh`systemctl daemon-reload`,
          ),
          note: t`lets pm2 live on when one of its processes is killed; pm2 then starts that one again`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`systemctl restart ${unit.name}`),
          note: t`starts pm2 and what it had saved`,
          risk: risks.none,
        },
        { note: t`then give it more memory, or have the app need less: it will be killed again`, risk: risks.none },
      ],
    }
  },
})

/** systemd's word on the kill, if it came after the unit's last start. */
function oomLine({ name, activeMs, triedMs }: Unit, { facts }: Scene): string | undefined {
  const sinceMs = Math.max(activeMs ?? 0, triedMs ?? 0)
  // sample: pm2-deploy.service: A process of this unit has been killed by the OOM killer.
  return knownValue(facts.journals)
    ?.journals.find(({ unit }) => unit === name)
    ?.lines.findLast(
      ({ atMs, from, text }) =>
        from === 'systemd' && (atMs ?? 0) >= sinceMs && text.includes('killed by the OOM killer'),
    )?.text
}

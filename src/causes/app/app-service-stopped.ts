import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import {
  isDown,
  journalEvidence,
  pm2WithoutApp,
  serviceInState,
  type UnitApp,
  unitEvidence,
  unseenServices,
} from '../shared/service.js'
import { risks } from '../shared/steps.js'

/** The catalogue knows apps of pm2 only; this is its `pm2-app-stopped` for an app that is a service of systemd. */
export default defineCause({
  id: 'app-service-stopped',
  title: "the app's service is stopped",
  layer: 'app',
  breaks: 'target',
  explains: ['no-listener', ...pm2WithoutApp],
  needs: ['services'],
  runbook: {
    symptom: '502 on every request; `systemctl status <unit>` shows inactive (dead)',
    signs: [
      "the app's unit is inactive, with result success",
      'the journal tells when it was stopped, or that nothing started it since the boot',
    ],
    against: ['app-service-failed: the result is not success', 'app-managed-elsewhere: pm2 runs it now'],
    remedy: [
      { step: 'find out who stopped it, and why, before it serves again', risk: risks.none },
      { step: '`systemctl start <unit>`', risk: risks.none },
      { step: 'where it is disabled: `systemctl enable <unit>`', risk: risks.none },
    ],
  },
  source: 'Reproduced: `systemctl stop` leaves ActiveState=inactive, Result=success.',
  judge: (scene) => {
    const { facts, path } = scene
    if (!facts.services.known || facts.services.value.units === null)
      return path.app === null && path.target !== null && isDown(scene) ? unseenServices() : undefined
    const service = serviceInState(scene, 'stopped')
    if (!service) return undefined
    const { unit, name } = service
    const isDisabled = unit.enabled === 'disabled'
    return {
      holds: true,
      confidence: 'high',
      subject: unit.name,
      summary: summarize(service),
      evidence: [
        unitEvidence(unit),
        ...journalEvidence(unit, scene, 'systemd', 1),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`systemctl start ${unit.name}`),
          note: t`starts ${name} as its unit says`,
          risk: risks.none,
        },
        ...(isDisabled
          ? [
              {
                command: asRoot(scene.login, sh`systemctl enable ${unit.name}`),
                note: t`starts it at boot, too`,
                risk: risks.none,
              },
            ]
          : []),
      ],
    }
  },
})

function summarize({ unit, name }: UnitApp): string {
  if (unit.enabled === 'disabled') return t`the service ${name} is not running, and is not started at boot`
  return unit.exit
    ? t`the service ${name} is not running`
    : t`the service ${name} is not running: nothing has started it since the boot`
}

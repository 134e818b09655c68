import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import {
  isDown,
  journalEvidence,
  missingOf,
  pm2WithoutApp,
  reasonOf,
  serviceInState,
  type UnitApp,
  unitEvidence,
  unseenServices,
} from '../shared/service.js'
import { risks } from '../shared/steps.js'

/** The catalogue knows apps of pm2 only; this is its `pm2-app-errored` and `pm2-crash-loop` for a service of systemd. */
export default defineCause({
  id: 'app-service-failed',
  title: "the app's service has failed",
  layer: 'app',
  breaks: 'manager',
  explains: ['no-listener', ...pm2WithoutApp],
  needs: ['services'],
  runbook: {
    symptom: '502 on every request; `systemctl status <unit>` shows failed or activating (auto-restart)',
    signs: [
      "the app's unit is failed, or restarts again and again",
      'its exit status: from 200 on systemd could not run it at all',
    ],
    against: [
      'app-service-stopped: inactive, with result success',
      'pm2-unit-failed: the unit is that of pm2',
      'no-listener: the unit runs',
    ],
    remedy: [
      { step: 'read why: `journalctl -u <unit> -n 50 --no-pager`', risk: risks.none },
      { step: 'mend that: a path in the unit, a right, the code', risk: risks.none },
      {
        step: '`systemctl daemon-reload` after a change of the unit, then `systemctl restart <unit>`',
        risk: risks.none,
      },
    ],
  },
  source:
    'systemd.exec(5), "Process exit codes"; reproduced: a missing program 203, a missing folder 200, exit 1, a kill.',
  judge: (scene) => {
    const { facts, path } = scene
    if (!facts.services.known || facts.services.value.units === null)
      return path.app === null && path.target !== null && isDown(scene) ? unseenServices() : undefined
    const service = serviceInState(scene, 'failed', 'looping')
    if (!service) return undefined
    const { unit, name, state } = service
    const said = journalEvidence(unit, scene, 'app')
    const [gone] = missingOf(unit)
    const isRefused = unit.result === 'resources' && gone !== undefined
    const isPlain = isRefused || (unit.exit?.how === 'exited' && unit.exit.status >= 200)
    const reason = isRefused ? t`its ${gone} is not there` : reasonOf(unit)
    return {
      holds: true,
      // What systemd itself ran into is the reason; of an app's own end only the journal could tell it.
      confidence: isPlain ? 'high' : 'medium',
      subject: unit.name,
      summary:
        state === 'looping'
          ? t`the service ${name} dies and is restarted again and again: ${reason}`
          : t`the service ${name} has failed: ${reason}`,
      evidence: [
        unitEvidence(unit),
        ...missingOf(unit)
          .slice(0, 2)
          .map((path) => ({ source: `ls ${path}`, text: 'No such file or directory' })),
        ...said,
        ...journalEvidence(unit, scene, 'systemd', said.length > 0 ? 1 : 2),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: mend(service, scene.login),
    }
  },
})

function mend({ unit, name, state }: UnitApp, login: string): RemedyStep[] {
  const [gone] = missingOf(unit)
  const { exit, workingDirectory, user } = unit
  const isKeptOut = gone === undefined && exit?.how === 'exited' && exit.status === 200 && workingDirectory !== null
  const file = unit.path ?? `/etc/systemd/system/${unit.name}`
  return [
    ...(isKeptOut
      ? [
          {
            command: asRoot(login, sh`namei -l ${workingDirectory}`),
            note: t`shows which folder on the way ${user ?? 'root'} may not enter: each needs an x for it; or correct User= of the unit`,
            risk: risks.none,
          },
        ]
      : []),
    ...(gone === undefined
      ? [
          {
            command: asRoot(login, sh`journalctl -u ${unit.name} -n 50 --no-pager`),
            note: t`shows why ${name} ended`,
            risk: risks.none,
          },
        ]
      : [
          {
            command: asRoot(login, sh`nano ${file}`),
            note: t`${gone} is not there: restore it, or correct the unit`,
            risk: risks.none,
          },
        ]),
    {
      command: asRoot(
        login,
        ...(gone === undefined && !unit.needsReload ? [] : [sh`systemctl daemon-reload`]),
        ...(state === 'failed' ? [sh`systemctl reset-failed ${unit.name}`] : []),
        sh`systemctl restart ${unit.name}`,
      ),
      note: t`starts ${name} again, once its reason is mended: until then it fails the same way`,
      risk: risks.none,
    },
  ]
}

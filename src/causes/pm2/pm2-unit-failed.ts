import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { hasFailedToStart, journalEvidence, reasonOf, unitEvidence } from '../shared/service.js'
import { findPm2Start, renewUnit } from '../shared/startup.js'

export default defineCause({
  id: 'pm2-unit-failed',
  title: "pm2's service cannot be started",
  layer: 'pm2',
  breaks: 'target',
  explains: ['pm2-daemon-not-running', 'no-listener', 'pm2-app-missing', 'pm2-startup-missing'],
  needs: ['services'],
  runbook: {
    symptom: '502 since a reboot or a restart of the service; `systemctl status <unit>` shows failed',
    signs: [
      "pm2's unit is failed, or its last start came to nothing",
      'systemd names the reason: a status from 200 on, a time-out, a protocol error',
    ],
    against: [
      'pm2-startup-stale-path: it failed as its node or pm2 is gone (203)',
      'systemd-oompolicy-kills-pm2: it ran until the kernel killed a process of it',
      'pm2-startup-missing: there is no unit, or it is not enabled',
    ],
    remedy: [
      {
        step: 'write the unit anew for the pm2 and node of today: `pm2 unstartup` and `pm2 startup`, as root',
        risk: 'changes made in the unit by hand are lost; running apps go on',
      },
      { step: 'restart it: `systemctl restart <unit>`', risk: 'apps that pm2 runs now are started anew' },
    ],
  },
  source:
    'Unitech/pm2#2912, #3813, #5966; systemd.exec(5). A unit whose running pm2 was killed has started before: that is not this.',
  judge: (scene) => {
    const start = findPm2Start(scene, hasFailedToStart)
    if (!start || 'holds' in start) return start
    const { unit, isOutage, isCertain } = start
    return {
      holds: true,
      confidence: isCertain ? 'high' : 'medium',
      subject: unit.name,
      summary: isOutage
        ? t`${unit.name} cannot be started: ${reasonOf(unit)}`
        : t`${unit.name} failed (${reasonOf(unit)}), and pm2 was started by hand: the next boot will not bring it back`,
      evidence: [
        unitEvidence(unit),
        ...journalEvidence(unit, scene, 'app', 1),
        ...journalEvidence(unit, scene, 'systemd'),
        ...(isOutage ? [...answerEvidence(scene), ...errorEvidence(scene, 'connect-refused')] : []),
      ],
      remedy: renewUnit(scene, start),
    }
  },
})

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
        ? `${unit.name} cannot be started: ${reasonOf(unit)}`
        : `${unit.name} failed (${reasonOf(unit)}), and pm2 was started by hand: the next boot will not bring it back`,
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

import { blindSpots, formatBlind } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import type { Facts } from '../../probes/index.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'no-listener',
  title: 'nothing listens where the gateway sends requests',
  layer: 'listener',
  breaks: 'target',
  explains: ['upstream-pool-tripped'],
  needs: ['listeners', 'http'],
  runbook: {
    symptom: '502 on every request, at once',
    signs: ['no socket listens at what the gateway dials', 'the log says `connect() failed (111: Connection refused)`'],
    against: [
      'a state, not a reason: pm2-app-stopped, pm2-crash-loop and what kills an app are looked for first',
      'app-starting: started seconds ago',
      'firewall-reject-gateway-app: on another host a firewall may refuse in its place',
    ],
    remedy: [
      {
        step: 'find the app that should listen there: `pm2 list`, `systemctl list-units --state=failed`',
        risk: risks.none,
      },
      steps.readLog,
      steps.restart,
    ],
  },
  source:
    'The kernel refuses (111) a connection to a port that no socket listens on; only a state, so never sure to be the root.',
  judge: (scene) => {
    const { path, facts } = scene
    if (!path.target || !isRefused(scene)) return undefined
    const isAlive = path.app && path.app.processes.length > 0
    return {
      holds: true,
      confidence: isAlive ? 'medium' : 'low',
      subject: path.target.text,
      summary: summarize(path.target.text, path.app, facts),
      evidence: [
        ...edgeEvidence(scene, 'target', 'process', 'manager'),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused', 'connect-no-socket'),
      ],
      remedy: path.app
        ? [readLog(scene, path.app), restart(scene, path.app)]
        : [
            {
              command: sh`systemctl list-units --all --type=service --state=failed,inactive,activating`,
              note: t`shows services that do not run; the one that should listen on ${path.target.text} may be among them`,
              risk: risks.none,
            },
            {
              note: t`start what should listen on ${path.target.text}, or take it out of the gateway's configuration`,
              risk: risks.none,
            },
          ],
    }
  },
})

function summarize(target: string, app: App | null, facts: Facts): string {
  if (app && app.processes.length > 0) return t`nothing listens on ${target}; ${app.name} runs but does not listen`
  const unseen = [facts.pm2, facts.processes, facts['app-logs']]
    .flatMap(blindSpots)
    .find(({ reason }) => reason !== 'not-asked')
  if (unseen) return t`nothing listens on ${target}; why could not be seen: ${formatBlind(unseen)}`
  if (app) return t`nothing listens on ${target}; ${app.name} does not run`
  return t`nothing listens on ${target}; no app is known that should`
}

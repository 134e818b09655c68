import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { managerOf, portHolder } from '../shared/port-holder.js'
import { pm2, runAs } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-two-daemons',
  title: 'two pm2 daemons live in one folder',
  layer: 'pm2',
  breaks: 'process',
  explains: [...deadApp, 'eaddrinuse-other-app', 'pm2-home-mismatch', 'app-serves-5xx'],
  needs: ['pm2'],
  runbook: {
    symptom: 'the app crashes again and again while an old one answers, or hangs; restarts by `pm2` change nothing',
    signs: [
      'two processes `PM2 v…: God Daemon (<folder>)` with the same folder',
      'pm2.pid names the younger; apps of the older are in no list, and hold their ports',
    ],
    against: [
      'pm2-home-mismatch: the folders differ',
      'a daemon in a container or a chroot shows the same folder and is another one',
      'eaddrinuse-orphan: no daemon is above the holder of the port',
    ],
    remedy: [
      { step: 'end the daemon that pm2.pid does not name, which ends its apps: `kill <pid>`', risk: risks.kill },
      { step: 'start what is missing then: `pm2 resurrect`', risk: 'starts every app that was saved' },
    ],
  },
  source:
    'Unitech/pm2#1276, #1257. Reproduced with 7.0: with rpc.sock gone, the next pm2 command starts a second daemon in the folder.',
  judge: (scene) => {
    const { app } = scene.path
    const own = app?.daemon
    const rival = own && rivalOf(own, scene)
    if (!app || !rival) return undefined
    const found = portHolder(scene)
    const isHolding = found !== undefined && managerOf(found.holder, scene.facts)?.pid === rival.pid
    if (!isHolding && scene.path.serves !== true) return undefined
    return {
      holds: true,
      isLatent: !isHolding && scene.path.serves === true,
      confidence: 'high',
      subject: own.home,
      summary: isHolding
        ? t`two pm2 daemons live in ${own.home}, and the other one (pid ${rival.pid}) runs ${app.name} on port ${found.port} already`
        : t`two pm2 daemons live in ${own.home}: pm2 commands reach only one of them`,
      evidence: [
        { source: 'ps', text: t`God Daemon (${own.home}): pid ${own.pid} and pid ${rival.pid}` },
        ...(isHolding ? found.evidence : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        {
          command: runAs(rival.user, scene.login, sh`kill ${rival.pid ?? 0}`),
          note: t`ends the daemon that pm2 commands do not reach, and its apps`,
          risk: risks.kill,
        },
        {
          command: pm2(scene, app, 'resurrect'),
          note: t`starts what is missing then`,
          risk: t`starts every app that was saved`,
        },
      ],
    }
  },
})

/** The daemon of the same folder that pm2 commands do not reach: the apps of the other are known. */
function rivalOf({ home, pid, apps }: Pm2Daemon, { facts }: Scene): Pm2Daemon | undefined {
  if (pid === null || apps === null) return undefined
  return knownValue(facts.pm2)?.daemons.find(
    (other) => other.home === home && other.pid !== null && other.pid !== pid && other.apps === null,
  )
}

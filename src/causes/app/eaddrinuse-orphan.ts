import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isOrphanOf, portHolder } from '../shared/port-holder.js'
import { restart, runAs } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'eaddrinuse-orphan',
  title: 'a former process of the app still holds its port',
  layer: 'app',
  breaks: 'process',
  explains: [...deadApp, 'app-serves-5xx'],
  needs: ['pm2', 'app-logs', 'listeners', 'processes'],
  runbook: {
    symptom: 'the app crashes again and again, while an old version of it answers, or hangs',
    signs: [
      'the app dies of EADDRINUSE',
      'the holder of <port> bears the name of the app in its environment, and no pm2 is above it',
    ],
    against: [
      'pm2-home-mismatch: a pm2 of another user is above the holder',
      'eaddrinuse-other-app: the holder is of another app',
    ],
    remedy: [{ step: 'end the former process: `kill <pid>`', risk: risks.kill }, steps.restart],
  },
  source: 'Unitech/pm2#6084: children that survive their wrapper keep the port; their environment still names the app.',
  judge: (scene) => {
    const found = portHolder(scene)
    if (!found || !isOrphanOf(found, scene.facts)) return undefined
    const { app, holder, evidence, port } = found
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`a former process of ${app.name} (pid ${holder.pid}) still holds port ${port}, so the new one cannot start`,
      evidence,
      remedy: [
        {
          command: runAs(holder.user, scene.login, sh`kill ${holder.pid}`),
          note: t`ends the former process`,
          risk: risks.kill,
        },
        restart(scene, app),
      ],
    }
  },
})

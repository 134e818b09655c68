import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { managerOf, portHolder } from '../shared/port-holder.js'
import { pm2 } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-home-mismatch',
  title: 'the app was started under two pm2 daemons',
  layer: 'pm2',
  breaks: 'process',
  explains: [...deadApp, 'eaddrinuse-other-app'],
  needs: ['pm2', 'app-logs', 'listeners', 'processes'],
  runbook: {
    symptom: 'two lists show the app: one as online, one as errored or restarting',
    signs: [
      'the app dies of EADDRINUSE',
      'the holder of <port> is the same app below another pm2 (root and <user>, mostly)',
    ],
    against: [
      'eaddrinuse-orphan: the holder has no pm2 above it',
      'eaddrinuse-other-app: the holder is another app or program',
    ],
    remedy: [
      {
        step: 'as the user of the one that crashes: `pm2 delete <app>`',
        risk: 'deleted under the wrong user, it is the serving one that ends: compare the pids first',
      },
      { step: 'and keep it off: `pm2 save --force`', risk: risks.save },
    ],
  },
  source: 'Reproduced: started as root, too, the second one gets EADDRINUSE from the first, which serves.',
  judge: (scene) => {
    const found = portHolder(scene)
    const manager = found && managerOf(found.holder, scene.facts)
    if (!found?.app.daemon || !manager || found.holder.pm2App !== found.app.name) return undefined
    if (manager.home === found.app.daemon.home) return undefined
    const { app, holder, evidence, port } = found
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} was also started under pm2 of ${app.daemon?.user}, but pm2 of ${manager.user} runs it on port ${port} already`,
      evidence: [
        ...evidence,
        ...pm2Evidence(app),
        { source: `pm2 (${manager.user})`, text: t`${app.name} is pid ${holder.pid}` },
      ],
      remedy: [
        {
          command: pm2(scene, app, 'delete', app.name),
          note: t`takes the second one off the list of ${app.daemon?.user}`,
          risk: t`typed as another user, it ends the one that serves`,
        },
        { command: pm2(scene, app, 'save', '--force'), note: t`and keeps it off at the next boot`, risk: risks.save },
      ],
    }
  },
})

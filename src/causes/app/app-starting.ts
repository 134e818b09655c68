import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { appInState, isRefused } from '../shared/scene.js'

export default defineCause({
  id: 'app-starting',
  title: 'the app has just been started and does not listen yet',
  layer: 'app',
  breaks: 'target',
  explains: ['no-listener'],
  source: 'A Next.js app takes seconds from its start to its first listen; less than 30 seconds of life is no verdict.',
  judge: (scene) => {
    const app = appInState(scene, 'starting')
    if (!app || !isRefused(scene) || scene.path.appListeners.length > 0) return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: `${app.name} was started less than 30 seconds ago and does not listen yet`,
      evidence: pm2Evidence(app),
      remedy: [{ note: 'check again in half a minute' }],
    }
  },
})

import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { appInState, isRefused } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'app-starting',
  title: 'the app has just been started and does not listen yet',
  layer: 'app',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 for seconds after a deploy or a restart',
    signs: ['pm2 started it less than 30 seconds ago', 'it does not listen yet'],
    against: ['pm2-crash-loop: its restarts go up, and it is always young'],
    remedy: [{ step: 'check again in half a minute', risk: risks.none }],
  },
  source: 'A Next.js app takes seconds from its start to its first listen; less than 30 seconds of life is no verdict.',
  judge: (scene) => {
    const app = appInState(scene, 'starting')
    if (!app || !isRefused(scene) || scene.path.appListeners.length > 0) return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`${app.name} was started less than 30 seconds ago and does not listen yet`,
      evidence: managerEvidence(app),
      remedy: [{ note: t`check again in half a minute`, risk: risks.none }],
    }
  },
})

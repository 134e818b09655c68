import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { moveApp } from '../shared/move-app.js'
import { edgeEvidence, gatewayName, isRefused } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'port-env-mismatch',
  title: 'the app is set to another port than the gateway dials',
  layer: 'environment',
  breaks: 'site',
  explains: [],
  needs: ['pm2', 'builds'],
  runbook: {
    symptom: 'none yet: it shows once the app runs again, as 502',
    signs: ['PORT or -p of the app is not the port that the gateway dials', 'the app does not run now'],
    against: ['proxy-port-mismatch: the app runs and listens on the other port'],
    remedy: [
      {
        step: 'set the port that is dialled: `PORT=<port> pm2 restart <app> --update-env`, and in its ecosystem file',
        risk: risks.restart,
      },
    ],
  },
  source: 'Next.js listens on its -p argument, else on PORT. An app that is down shows it only once it runs again.',
  judge: (scene) => {
    const { app, target, site, appListeners } = scene.path
    const port = app?.port ?? null
    if (!app?.build?.isNext || !site || !target?.port || port === null || port === target.port) return undefined
    // One that listens is judged by where it does.
    if (!isRefused(scene) || appListeners.length > 0) return undefined
    return {
      holds: true,
      isLatent: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`once ${app.name} runs, it will listen on ${port}, while ${gatewayName(scene)} dials ${target.port}`,
      evidence: [...edgeEvidence(scene, 'site'), { source: `pm2 (${app.daemon?.user ?? '?'})`, text: t`port ${port}` }],
      remedy: app.daemon ? [moveApp(scene, app, target.port)] : [],
    }
  },
})

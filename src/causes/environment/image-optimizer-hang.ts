import { t } from '../../language/language.js'
import { findSaid } from '../../path/crash.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { inFolder, restart } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

/** The pages themselves come: visitors miss the pictures only. */
export default defineCause({
  id: 'image-optimizer-hang',
  title: 'the app does not deliver its pictures (/_next/image)',
  layer: 'environment',
  breaks: 'answer',
  explains: [],
  needs: ['http'],
  runbook: {
    symptom: 'pages come, pictures do not: 504, 502 or 500 below /_next/image',
    signs: [
      "`'sharp' is required to be installed in standalone mode` in the log (Next.js 12 to 14)",
      'or the gateway waits in vain for /_next/image, and for nothing else',
    ],
    against: ['app-hung: other requests get no answer either', 'gateway-timeout-too-short: other slow pages fail, too'],
    remedy: [
      { step: 'install sharp for this system: `npm install sharp`', risk: 'changes package.json and its lock file' },
      steps.restart,
    ],
  },
  source:
    'vercel/next.js#91712; Next.js 13 and 14, next/image: "sharp is required to be installed in standalone mode".',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app?.build?.isNext || serves !== true) return undefined
    const said = findSaid(app, scene.facts, /'sharp' is required to be installed in standalone mode/)
    const [waited] = recentErrors(scene, 'response-timeout', 'closed-early', 'reset')
    const isWaiting = waited !== undefined && /"GET \/_next\/image\?/.test(waited.sample)
    if (!said && !isWaiting) return undefined
    return {
      holds: true,
      isLatent: true,
      confidence: said ? 'medium' : 'low',
      subject: app.name,
      summary: said
        ? t`${app.name} lacks sharp, without which it does not deliver pictures`
        : t`${app.name} answers, but its pictures (/_next/image) do not come`,
      evidence: [...(said ? [said] : []), ...(isWaiting ? errorEvidence(scene, waited.kind) : [])],
      remedy: [
        {
          command: inFolder(scene, app, sh`npm install sharp`),
          note: t`installs what scales pictures, for this system`,
          risk: t`changes package.json and its lock file`,
        },
        restart(scene, app),
      ],
    }
  },
})

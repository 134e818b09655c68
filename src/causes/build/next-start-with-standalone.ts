import { t } from '../../language/language.js'
import { findSaid } from '../../path/crash.js'
import { defineCause } from '../define.js'
import { isStandaloneServer } from '../shared/next-app.js'
import { managerEvidence } from '../shared/service.js'
import { risks } from '../shared/steps.js'

/** Only a warning: such an app answers. It never is why requests fail. */
export default defineCause({
  id: 'next-start-with-standalone',
  title: '`next start` runs an app that is built as standalone',
  layer: 'build',
  breaks: 'build',
  explains: [],
  needs: ['app-logs', 'pm2'],
  runbook: {
    symptom: 'none: the app answers; its log warns at each start',
    signs: ['`"next start" does not work with "output: standalone" configuration` in the log of this life'],
    against: ['next-start-with-export: with `output: export` the same words are the end of it'],
    remedy: [
      {
        step: 'run `node .next/standalone/server.js`, with .next/static and public copied beside it; or take `output` out of next.config',
        risk: risks.restart,
      },
    ],
  },
  source: 'Reproduced with Next.js 13.5 to 16: it warns, and answers 200.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app || serves !== true || isStandaloneServer(app)) return undefined
    const said = findSaid(app, scene.facts, /"next start" does not work with "output: standalone"/)
    if (!said) return undefined
    return {
      holds: true,
      isNote: true,
      confidence: 'low',
      subject: app.name,
      summary: t`${app.name} is built as standalone and run by \`next start\`, which Next.js warns of`,
      evidence: [said, ...managerEvidence(app)],
      remedy: [
        {
          note: t`let it run ${app.build?.distDir ?? '.next'}/standalone/server.js, with static and public copied beside it; or take \`output\` out of next.config`,
          risk: risks.restart,
        },
      ],
    }
  },
})

import { t } from '../../language/language.js'
import { findSaid } from '../../path/crash.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { devEvidence } from '../shared/next-app.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'
import { answerEvidence } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-dev-in-production',
  title: '`next dev` serves the visitors',
  layer: 'build',
  breaks: 'build',
  explains: ['next-build-missing', 'next-build-incomplete', 'proxy-port-mismatch'],
  needs: ['pm2'],
  runbook: {
    symptom:
      'first visits of a page take seconds (504 on a small host); after a restart it may be on another port (502)',
    signs: [
      'the process, or the command in pm2, is `next dev`',
      '`Port 3000 is in use, using available port 3001 instead` in the log',
    ],
    against: ['next-dev-build-clobbered: `next start` is meant to serve, and somebody ran `next dev` beside it'],
    remedy: [
      steps.rebuild,
      steps.remove,
      { step: 'start it for production: `pm2 start npm --name <app> -- start && pm2 save`', risk: risks.restart },
    ],
  },
  source: 'Next.js CLI: dev compiles each page at its first visit, and takes the next port where its own is taken.',
  judge: (scene) => {
    const { app, serves, appListeners, target } = scene.path
    const seen = app ? devEvidence(app) : undefined
    if (!app || !seen) return undefined
    // sample: ⚠ Port 3000 is in use by process 812, using available port 3001 instead.
    const moved = findSaid(app, scene.facts, /Port \d+ is in use\b.*\b(?:trying|using available port) \d+ instead/)
    const isElsewhere = appListeners.length > 0 && !appListeners.some(({ port }) => port === target?.port)
    const isMoved = serves !== true && moved !== undefined && isElsewhere
    return {
      holds: true,
      isLatent: !isMoved,
      confidence: 'high',
      subject: app.name,
      summary: isMoved
        ? t`\`next dev\` runs ${app.name}, and took port ${appListeners[0]?.port ?? '?'}, because its own was taken`
        : t`\`next dev\` runs ${app.name}: slow, and not fit for visitors`,
      evidence: [seen, ...(moved ? [moved] : []), ...managerEvidence(app), ...answerEvidence(scene)],
      remedy: [
        {
          command: inFolder(scene, app, sh`npm run build`),
          note: t`builds it for production`,
          risk: t`replaces what \`next dev\` runs on: it may answer 500 until the next step`,
        },
        ...(app.daemon
          ? [
              {
                command: pm2(scene, app, 'delete', app.name),
                note: t`takes \`next dev\` off the list`,
                risk: risks.remove,
              },
              {
                command: inFolder(
                  scene,
                  app,
                  pm2Words(app, 'start', 'npm', '--name', app.name, '--', 'start'),
                  pm2Words(app, 'save'),
                ),
                note: t`starts it for production, and stores the list`,
                risk: risks.restart,
              },
            ]
          : [{ note: t`let its service run \`next start\`, then restart it`, risk: risks.restart }]),
      ],
    }
  },
})

import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { devEvidence } from '../shared/next-app.js'
import { rebuild } from '../shared/remedies.js'
import { answerEvidence, crashBy } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-dev-build-clobbered',
  title: '`next dev` has overwritten the production build',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'next-build-missing', 'next-build-incomplete', 'app-serves-5xx', 'module-not-found'],
  needs: ['builds', 'pm2'],
  runbook: {
    symptom: '502 or 500 after somebody tried something out on the server; or none, until the next restart',
    signs: ['the build folder has static/development (or, with Next.js 16, dev) and no BUILD_ID'],
    against: [
      'next-build-missing: nothing of `next dev` is there',
      'next-dev-in-production: the app itself is run by `next dev`',
    ],
    remedy: [
      { step: 'end the `next dev` that runs there, if one does', risk: risks.none },
      steps.rebuild,
      steps.restart,
      { step: 'try things out in another folder than the one that serves', risk: risks.none },
    ],
  },
  source: 'Reproduced with Next.js 15: `next dev` empties .next but for its cache. vercel/next.js#1014.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const build = app?.build
    if (!app || !build?.exists || !build.isNext || build.buildId !== null || !build.isDevBuild) return undefined
    if (devEvidence(app)) return undefined
    const crash = crashBy(scene, 'next-build-missing')?.crash
    return {
      holds: true,
      isLatent: serves === true,
      confidence: serves === true ? 'medium' : 'high',
      subject: app.name,
      summary:
        serves === true
          ? t`${build.distDir} holds a build of \`next dev\` and no production build, so ${app.name} will not survive a restart`
          : t`${build.distDir} holds a build of \`next dev\` and no production build, so ${app.name} cannot start`,
      evidence: [
        { source: build.distDir, text: t`of \`next dev\`; no BUILD_ID` },
        ...(crash?.evidence ?? []),
        ...managerEvidence(app),
        ...answerEvidence(scene),
      ],
      remedy: rebuild(scene, app),
    }
  },
})

import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { rebuild } from '../shared/remedies.js'
import { answerEvidence, crashBy, edgeEvidence, goodAnswers } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-build-incomplete',
  title: 'the production build is incomplete',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'app-serves-5xx', 'module-not-found'],
  needs: ['builds', 'pm2'],
  runbook: {
    symptom: '502, or 500 on some pages, since a build that did not end, or a copy that missed files',
    signs: ['BUILD_ID is there', 'files that `next start` reads are not: their names are listed'],
    against: [
      'next-build-missing: BUILD_ID is not there either',
      'disk-full, inodes-exhausted: why the build did not end',
    ],
    remedy: [
      {
        step: 'in its folder, as <user>: `rm -rf .next && npm ci && npm run build`',
        risk: 'pages that are still served from the old build end with it; takes minutes and 1 GB of memory or more',
      },
      steps.restart,
    ],
  },
  source: 'Reproduced by removing each file that `next build` writes and `next start` reads, Next.js 12 to 16.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const build = app?.build
    if (!app || !build?.exists || !build.isNext || build.buildId === null || build.missing.length === 0)
      return undefined
    const crash = crashBy(scene, 'next-build-incomplete')
    return {
      holds: true,
      confidence: crash || serves !== true ? 'high' : 'medium',
      subject: app.name,
      summary: t`the build in ${build.distDir} lacks ${joinWords(build.missing)}`,
      evidence: [
        ...edgeEvidence(scene, 'build'),
        ...(crash?.crash.evidence ?? []),
        ...managerEvidence(app),
        ...(serves === true ? [] : answerEvidence(scene)),
      ],
      against: serves === true ? goodAnswers(scene) : [],
      remedy: rebuild(scene, app, [sh`rm -rf ${build.distDir}`]),
    }
  },
})

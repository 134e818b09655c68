import { pm2Evidence } from '../../path/pm2-state.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { rebuild } from '../shared/remedies.js'
import { answerEvidence, crashBy, edgeEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'next-build-incomplete',
  title: 'the production build is incomplete',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'app-serves-5xx', 'module-not-found'],
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
      summary: `the build in ${build.distDir} lacks ${build.missing.join(', ')}`,
      evidence: [
        ...edgeEvidence(scene, 'build'),
        ...(crash?.crash.evidence ?? []),
        ...pm2Evidence(app),
        ...answerEvidence(scene),
      ],
      remedy: rebuild(scene, app, [sh`rm -rf ${build.distDir}`]),
    }
  },
})

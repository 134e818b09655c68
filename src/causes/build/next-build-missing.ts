import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { devEvidence, isStandaloneServer } from '../shared/next-app.js'
import { inFolder, rebuild } from '../shared/remedies.js'
import { answerEvidence, crashBy, edgeEvidence, goodAnswers } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-build-missing',
  title: 'the production build is missing',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'app-serves-5xx', 'module-not-found'],
  needs: ['builds', 'pm2'],
  runbook: {
    symptom: '502 on every request after a deploy; or none, until the next restart',
    signs: [
      'the folder of the build, or BUILD_ID in it, is not there',
      '`Could not find a production build` in the log',
    ],
    against: [
      'next-dir-permission: the build is there, and may not be read',
      'next-build-incomplete: BUILD_ID is there, other files are not',
      'pm2-cwd-deleted: the folder of the app is gone as a whole',
    ],
    remedy: [steps.rebuild, steps.restart],
  },
  source:
    'next packages/next: `next start` needs BUILD_ID; its words differ from version 9 to 16, the absent file does not.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const crash = crashBy(scene, 'next-build-missing')
    const build = app?.build
    if (!app || !build?.exists) {
      if (!crash || knownValue(scene.facts.builds)?.builds.some(({ cwd }) => cwd === crash.app.cwd)) return undefined
      return {
        holds: null,
        because: t`the log says that there is no production build, but the folder could not be looked into`,
        decide: inFolder(scene, crash.app, sh`ls -la .next`).text,
      }
    }
    // One that may not be looked into is not missing.
    const isGone = !build.distExists || build.missing.includes('BUILD_ID')
    if (!build.isNext || build.buildId !== null || !isGone || isStandaloneServer(app)) return undefined
    // `next dev` needs no build.
    if (serves === true && devEvidence(app)) return undefined
    return {
      holds: true,
      confidence: crash ? 'high' : serves === true ? 'medium' : 'high',
      subject: app.name,
      summary:
        serves === true
          ? t`${build.distDir} has no build any more; ${app.name} still serves from memory and will not survive a restart`
          : build.isDevBuild
            ? t`${build.distDir} has no production build, only one of \`next dev\`, so ${app.name} cannot start`
            : t`${build.distDir} has no production build, so ${app.name} cannot start`,
      evidence: [
        ...edgeEvidence(scene, 'build'),
        ...(crash?.crash.evidence ?? []),
        ...managerEvidence(app),
        ...(serves === true ? [] : answerEvidence(scene)),
      ],
      against: serves === true ? goodAnswers(scene) : [],
      remedy: rebuild(scene, app),
    }
  },
})

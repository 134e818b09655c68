import { t } from '../../language/language.js'
import type { App, Build } from '../../path/app.js'
import { defineCause, type Holds, type RemedyStep, type Scene } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import {
  devEvidence,
  findBuilder,
  formatTime,
  isStandaloneServer,
  servingSinceMs,
  startEvidence,
} from '../shared/next-app.js'
import { restart } from '../shared/remedies.js'
import { answerEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** A build this much younger than the server was not there at its start: files and processes tell whole seconds only. */
const slackMs = 3_000

export default defineCause({
  id: 'next-rebuild-in-place',
  title: 'the build is exchanged under the running app',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'next-build-missing', 'next-build-incomplete', 'app-serves-5xx', 'module-not-found'],
  needs: ['builds', 'processes'],
  runbook: {
    symptom:
      '500, or pages without style and script, while a deploy runs or since it ended; 502 if it was restarted in between',
    signs: ['`next build` runs in the folder of the app', 'or BUILD_ID is younger than the process that serves'],
    against: [
      'next-build-missing, next-build-incomplete: no build runs, and files are missing for good',
      'app-serves-5xx: the build is older than the process',
    ],
    remedy: [
      { step: 'let the build end', risk: risks.none },
      steps.restart,
      { step: 'from now on build in a folder of its own, switch to it, and reload', risk: risks.none },
    ],
  },
  source:
    'Reproduced: the running server reads files of the new build by the manifests of the old. vercel/next.js#36583.',
  judge: (scene) => {
    const { app } = scene.path
    const build = app?.build
    if (!app || !build?.exists || !build.isNext || devEvidence(app)) return undefined
    return whileBuilding(scene, app, build) ?? sinceBuilt(scene, app, build)
  },
})

/** While it goes on, what is missing in the build is missing by it. */
function whileBuilding(scene: Scene, app: App, build: Build): Holds | undefined {
  const builder = findBuilder(scene, app)
  if (!builder) return undefined
  const isTorn = build.buildId === null || build.missing.length > 0
  return {
    ...commonOf(scene, app),
    confidence: isTorn ? 'high' : 'medium',
    summary: t`a build runs in ${build.folder} (pid ${builder.pid}), in place of the one that ${app.name} runs on`,
    evidence: [{ source: 'ps', text: `${builder.pid} ${builder.args}` }, ...answerEvidence(scene)],
    remedy: [{ note: t`let the build end`, risk: risks.none }, restart(scene, app), buildApart()],
  }
}

/** A server that answers well goes on from memory; what it has not loaded yet is of another build. */
function sinceBuilt(scene: Scene, app: App, build: Build): Holds | undefined {
  const sinceMs = servingSinceMs(scene, app)
  const { serves, direct } = scene.path
  const isUp = serves === true || direct.some(({ status }) => status !== null && status >= 500)
  if (sinceMs === undefined || build.builtMs === null || !isUp || isStandaloneServer(app)) return undefined
  if (build.builtMs < sinceMs + slackMs) return undefined
  return {
    ...commonOf(scene, app),
    confidence: 'medium',
    summary: t`the build in ${build.distDir} is newer than the running ${app.name}, which still runs on the former one`,
    evidence: [
      { source: `${build.distDir}/BUILD_ID`, text: t`${build.buildId ?? '?'}, written ${formatTime(build.builtMs)}` },
      startEvidence(sinceMs),
      ...answerEvidence(scene),
    ],
    remedy: [restart(scene, app), buildApart()],
  }
}

function buildApart(): RemedyStep {
  return { note: t`from now on build in a folder of its own, switch to it, and reload`, risk: risks.none }
}

function commonOf({ path }: Scene, { name }: App): Pick<Holds, 'holds' | 'isLatent' | 'subject'> {
  return { holds: true, isLatent: path.serves === true, subject: name }
}

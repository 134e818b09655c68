import { posix } from 'node:path'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import type { Location } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type RemedyStep, type Scene } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { doubtsOf } from '../shared/crash-cause.js'
import { isStandaloneServer } from '../shared/next-app.js'
import { inFolder, rebuild, restart } from '../shared/remedies.js'
import { answerEvidence, crashBy } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-standalone-incomplete',
  title: 'the standalone server was not copied as a whole',
  layer: 'build',
  breaks: 'build',
  explains: [...failedStart, 'module-not-found', 'next-build-missing', 'next-build-incomplete'],
  needs: ['pm2', 'app-logs'],
  runbook: {
    symptom: '502 after a deploy of .next/standalone; or pages without style and script (404 below /_next/static)',
    signs: [
      "server.js ends with `Cannot find module 'next'` (or another package): its node_modules were not copied",
      'or .next/static is not beside server.js, and the gateway does not serve it either',
    ],
    against: ['module-not-found: what runs is not .next/standalone/server.js'],
    remedy: [
      steps.rebuild,
      {
        step: 'copy what the build leaves out: `cp -r .next/static .next/standalone/.next/ && cp -r public .next/standalone/`',
        risk: risks.none,
      },
      { step: 'copy .next/standalone as a whole, with its node_modules, links resolved (`cp -rL`)', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Next.js, output: standalone; reproduced by taking node_modules, and static, away from it.',
  judge: (scene) => {
    const { app } = scene.path
    if (!app || !isStandaloneServer(app)) return undefined
    return withoutModules(scene, app) ?? withoutStatic(scene, app)
  },
})

function withoutModules(scene: Scene, app: App): Holds | undefined {
  const crash = crashBy(scene, 'module-not-found')?.crash
  // A package: what begins with a dot or a slash is a file of the app's own.
  if (!crash || /^[./]/.test(crash.name)) return undefined
  return {
    holds: true,
    confidence: crash.isCertain ? 'high' : 'medium',
    subject: app.name,
    summary: t`the standalone server of ${app.name} lacks the module ${crash.name}: its node_modules were not copied with it`,
    evidence: [...crash.evidence, ...managerEvidence(app), ...answerEvidence(scene)],
    against: doubtsOf(crash),
    remedy: [
      ...rebuild(scene, app).slice(0, 1),
      ...copyStatic(scene, app),
      { note: t`copy .next/standalone as a whole, with its node_modules, links resolved (cp -rL)`, risk: risks.none },
      restart(scene, app),
    ],
  }
}

/** Pages come, and what they ask for does not. */
function withoutStatic(scene: Scene, app: App): Holds | undefined {
  const { serves, site } = scene.path
  if (serves !== true || app.build?.hasStatic !== false || site?.locations.some(servesFiles)) return undefined
  return {
    holds: true,
    isLatent: true,
    confidence: 'medium',
    subject: app.name,
    summary: t`the standalone server of ${app.name} has no static files beside it, so pages come without style and script`,
    evidence: [
      { source: `ls ${app.build.distDir}/static`, text: 'No such file or directory' },
      ...managerEvidence(app),
    ],
    against: [{ source: 'Next.js', text: t`where assetPrefix names another server, files come from there` }],
    remedy: copyStatic(scene, app),
  }
}

/** A location for these files, or for every file by its ending. */
function servesFiles({ pattern, proxyPass }: Location): boolean {
  return proxyPass === null && /_next|static|\\\.|\*/.test(pattern)
}

function copyStatic(scene: Scene, app: App): RemedyStep[] {
  const { distDir } = app.build ?? {}
  // sample: /srv/web/.next/standalone/.next, whose build is /srv/web/.next
  const built = distDir && /^(.*)\/standalone(\/.*)?$/.exec(distDir)?.[1]
  if (!distDir || !built) return []
  const server = posix.dirname(distDir)
  return [
    {
      command: inFolder(
        scene,
        app,
        sh`cp -r ${`${built}/static`} ${distDir}`,
        sh`cp -r ${`${posix.dirname(built)}/public`} ${server}`,
      ),
      note: t`copies what the build leaves out of it`,
      risk: risks.none,
    },
  ]
}

import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Build } from '../../path/app.js'
import { exitLines } from '../../path/pm2-state.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { asRoot, rebuild } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** So long after the build's last write, at the most, the kernel ended it. */
const silenceMs = 600_000
/** Files have whole seconds, and the kernel's clock drifts a little. */
const slackMs = 5_000

export default defineCause({
  id: 'next-build-oom-killed',
  title: 'the build was killed for lack of memory',
  layer: 'build',
  breaks: 'build',
  explains: [...anyDeath, 'next-build-missing', 'next-build-incomplete', 'module-not-found', 'oom-killed-app'],
  needs: ['builds', 'kernel-log'],
  runbook: {
    symptom: '502 after a deploy whose build just stopped, or said `Killed` or exit code 137',
    signs: [
      'the build has no BUILD_ID, or lacks files',
      'the kernel killed a node process right after the last file was written there',
    ],
    against: [
      'next-build-missing: nothing was killed; the build was never run here, or was removed',
      'oom-killed-app: the build is whole, and pm2 saw the app itself die by SIGKILL',
    ],
    remedy: [
      {
        step: 'give the host swap for the build: `fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile`',
        risk: 'takes 2 GB of the disk',
      },
      steps.rebuild,
      steps.restart,
      { step: 'for good: build elsewhere and copy the build here', risk: risks.none },
    ],
  },
  source: 'vercel/next.js#6075, #28802, #70174; reproduced: `next build` in a memory cgroup.',
  judge: (scene) => {
    const { app } = scene.path
    const build = app?.build
    if (!app || !build?.exists || !build.isNext || !isUnfinished(build)) return undefined
    const kill = findKill(scene, build)
    if (!kill) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`the build in ${build.distDir} is not finished: the kernel killed ${kill.name} (pid ${kill.pid ?? '?'}) for lack of memory`,
      evidence: [{ source: t`kernel log`, text: kill.text }, ...edgeEvidence(scene, 'build'), ...answerEvidence(scene)],
      remedy: [
        kill.scope === 'cgroup'
          ? {
              note: t`raise the memory limit of what runs the build (MemoryMax= of its unit, or its container)`,
              risk: t`the host may run short instead`,
            }
          : {
              command: asRoot(
                scene.login,
                sh`fallocate -l 2G /swapfile`,
                sh`chmod 600 /swapfile`,
                sh`mkswap /swapfile`,
                sh`swapon /swapfile`,
              ),
              note: t`adds 2 GB of swap, which a build needs only once`,
              risk: t`takes 2 GB of the disk`,
            },
        ...rebuild(scene, app),
      ],
    }
  },
})

function isUnfinished({ distExists, buildId, missing }: Build): boolean {
  return distExists && (buildId === null ? missing.includes('BUILD_ID') : missing.length > 0)
}

/** A kill of node right after the build's last write, which was none of the app itself: pm2 would have seen that. */
function findKill({ path: { app }, facts }: Scene, { lastWriteMs }: Build) {
  if (!app || lastWriteMs == null) return undefined
  const ends = exitLines(app).filter(({ text }) => text.includes('[SIGKILL]'))
  return knownValue(facts['kernel-log'])?.oomKills.findLast(({ name, atMs }) => {
    if (atMs === null || !/^(?:node|next|npm|MainThread|jest-worker)/.test(name)) return false
    const sinceMs = atMs - lastWriteMs
    return (
      sinceMs > -slackMs &&
      sinceMs < silenceMs &&
      !ends.some((end) => end.atMs !== null && Math.abs(end.atMs - atMs) < slackMs)
    )
  })
}

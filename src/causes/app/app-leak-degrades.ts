import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { findSaid } from '../../path/crash.js'
import { exitLines } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import { defineCause, type Scene } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { managerEvidence } from '../shared/service.js'
import { steps } from '../shared/steps.js'

/** From here on of its limit, or of the host's memory, the app is near its end. */
const shareOfLimit = 0.8
const shareOfHost = 0.5
const dayMs = 86_400_000

/** Memory alone blames no app: some are big. Only one that has already died of it, or that node itself suspects, counts. */
export default defineCause({
  id: 'app-leak-degrades',
  title: 'the app uses ever more memory, and will die of it',
  layer: 'app',
  breaks: 'process',
  explains: [],
  needs: ['pm2', 'processes'],
  runbook: {
    symptom: 'all is well after a restart, slow after hours, dead after a day; then the same again',
    signs: [
      'its memory is near its limit, or half of the host',
      'pm2.log: earlier lives ended by SIGABRT; or node warns of a possible leak (MaxListenersExceededWarning)',
    ],
    against: [
      'an app that is big and stays so: its memory does not grow, and no life of it ended by that',
      'heap-oom, oom-killed-app: it is dead now',
    ],
    remedy: [
      steps.restart,
      {
        step: 'find what grows: `node --inspect` and two heap snapshots, an hour apart',
        risk: 'slows the app down meanwhile',
      },
    ],
  },
  source:
    'nodejs/help#804; Node.js, events: MaxListenersExceededWarning; V8 ends a process with a full heap by SIGABRT.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const used = app && usedMemory(scene, app)
    const sign = app && leakEvidence(scene, app)
    if (!app || serves !== true || !used || !sign) return undefined
    return {
      holds: true,
      isLatent: true,
      confidence: 'low',
      subject: app.name,
      summary: t`${app.name} uses ${used.text}, and has signs of a leak: it will die of it again`,
      evidence: [{ source: 'ps', text: used.text }, sign, ...managerEvidence(app)],
      remedy: [
        restart(scene, app),
        readLog(scene, app),
        { note: t`find what grows, with heap snapshots`, risk: t`slows the app down meanwhile` },
      ],
    }
  },
})

function usedMemory({ facts }: Scene, { processes, instances }: App): { text: string } | undefined {
  const usedBytes = processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0)
  const hostBytes = knownValue(facts.host)?.memoryTotalBytes ?? Number.POSITIVE_INFINITY
  const limitBytes = instances.length === 1 ? instances[0]?.maxMemoryRestartBytes : null
  if (limitBytes && usedBytes > limitBytes * shareOfLimit)
    return { text: t`${inMebibytes(usedBytes)} of the ${inMebibytes(limitBytes)} at which pm2 restarts it` }
  if (usedBytes > hostBytes * shareOfHost)
    return { text: t`${inMebibytes(usedBytes)} of the ${inMebibytes(hostBytes)} of the host` }
  return undefined
}

function leakEvidence({ facts }: Scene, app: App): Evidence | undefined {
  const nowMs = knownValue(facts.host)?.nowMs ?? 0
  const ends = exitLines(app).filter(
    ({ atMs, text }) => text.includes('[SIGABRT]') && atMs !== null && nowMs - atMs < dayMs,
  )
  const last = ends.at(-1)
  if (last && ends.length > 1)
    return { source: `${app.daemon?.home ?? ''}/pm2.log`, text: t`${ends.length}× in a day: ${last.text}` }
  return findSaid(app, facts, /MaxListenersExceededWarning/)
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`
}

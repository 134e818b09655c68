import { t } from '../../language/language.js'
import { describeFailures, rateOf, requestEvidence } from '../../path/answer.js'
import type { App } from '../../path/app.js'
import type { HttpAnswer } from '../../path/request-path.js'
import { defineCause } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'app-fails-sometimes',
  title: 'the app itself fails some of its requests',
  layer: 'app',
  breaks: 'answer',
  explains: [],
  needs: ['http'],
  runbook: {
    symptom: 'some requests get 500, 502 or 503, and the same ones succeed when they are made again',
    signs: [
      'of several requests straight to the app some fail after it took the connection, and others succeed',
      'through the gateway about as many fail, or fewer where it tries another server',
    ],
    against: [
      'upstream-not-retried: the app answers each request itself, and another server of the pool is dead',
      'pm2-crash-loop: the app fails between two of its lives, and pm2 counts restarts',
      'app-serves-5xx: every request fails',
    ],
    remedy: [
      steps.readLog,
      {
        step: 'of a cluster, look which worker fails: the log has its number; restart all of them',
        risk: risks.restart,
      },
      { step: 'mend what its log names; the gateway is not at fault', risk: risks.none },
    ],
  },
  source:
    'Reproduced: an app that fails every third request, and a cluster of which one worker fails, asked by fleetdx --samples.',
  judge: (scene) => {
    const { direct, app, target, throughGateway } = scene.path
    const mixed = direct.find((answer) => failsAfterConnect(answer))
    const rate = mixed && rateOf(mixed)
    if (!mixed || !rate) return undefined
    const name = app?.name ?? target?.text ?? mixed.url
    const workers = app ? workersOf(app) : 1
    const last = lastError(app)
    return {
      holds: true,
      confidence: 'high',
      subject: name,
      summary:
        workers > 1
          ? t`${name} itself fails ${rate.failed} of ${rate.count} requests (${describeFailures(mixed)}); it runs as ${workers} workers, and one of them may be the one that fails`
          : t`${name} itself fails ${rate.failed} of ${rate.count} requests (${describeFailures(mixed)})`,
      evidence: [
        requestEvidence(mixed),
        ...(throughGateway ? [requestEvidence(throughGateway)] : []),
        ...(last ? [last] : []),
        ...(app ? managerEvidence(app) : []),
      ],
      remedy: app
        ? [
            readLog(scene, app),
            ...(workers > 1 ? [restart(scene, app)] : []),
            { note: t`mend what its log names; the gateway is not at fault`, risk: risks.none },
          ]
        : [{ note: t`read the log of the program on ${target?.text ?? mixed.url}`, risk: risks.none }],
    }
  },
})

/** Whether some samples failed after a connection: one that is refused says that nobody was there at that moment. */
function failsAfterConnect(answer: HttpAnswer): boolean {
  const after = (answer.samples?.failed ?? []).filter(({ failure }) => failure === null || afterConnect.has(failure))
  return rateOf(answer) !== undefined && after.length > 0
}

const afterConnect: ReadonlySet<string> = new Set(['response-timeout', 'reset', 'empty', 'not-http'])

function workersOf({ instances }: App): number {
  return instances.filter(({ execMode, status }) => execMode === 'cluster' && status === 'online').length
}

function lastError(app: App | null) {
  const log = app?.logs.find(({ stream }) => stream === 'error')
  const line = log?.lines.findLast(({ text }) => /error/i.test(text))
  return log && line ? { source: log.path, text: line.text } : undefined
}

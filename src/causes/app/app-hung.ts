import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import type { WebProcess } from '../../path/app.js'
import { defineCause } from '../define.js'
import { restart } from '../shared/remedies.js'
import { errorEvidence } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'app-hung',
  title: 'the app takes connections and never answers',
  layer: 'app',
  breaks: 'answer',
  explains: ['upstream-pool-tripped'],
  needs: ['http'],
  runbook: {
    symptom: '504 after a minute, or a page that loads for ever',
    signs: [
      'a request straight to the app connects and gets nothing',
      'state T (stopped), or a whole CPU, in `ps`',
      'nginx: `upstream timed out (110: …) while reading response header`',
    ],
    against: [
      'gateway-timeout-too-short: the app answers most requests, some of them late',
      'host-memory-exhausted: everything on the host is slow',
      'no-listener: connections are refused at once',
    ],
    remedy: [
      { step: 'first, while it hangs, see where: `top -p <pid>`, its log, its database', risk: risks.none },
      steps.restart,
      { step: 'find what blocks it; a longer proxy_read_timeout is no remedy', risk: risks.none },
    ],
  },
  source: 'Reproduced: a stopped process or a blocked event loop; nginx then says 110 while reading response header.',
  judge: (scene) => {
    const { direct, app, holders, target, listeners } = scene.path
    const silent =
      direct.find(({ failure }) => failure === 'response-timeout') ??
      (listeners.length > 0 ? direct.find(({ failure }) => failure === 'connect-timeout') : undefined)
    if (!silent || !target || direct.some(({ status }) => status !== null)) return undefined
    const [holder] = holders
    const isStopped = holder?.state === 'T'
    const name = app?.name ?? target.text
    return {
      holds: true,
      confidence: 'high',
      subject: name,
      summary: isStopped
        ? t`${name} takes connections but does not answer: its process ${holder.pid} is stopped (SIGSTOP)`
        : t`${name} takes connections but does not answer`,
      evidence: [
        requestEvidence(silent),
        ...(holder ? [{ source: 'ps', text: describeProcess(holder) }] : []),
        ...(app ? managerEvidence(app) : []),
        ...errorEvidence(scene, 'response-timeout', 'connect-timeout'),
      ],
      remedy: app
        ? [
            restart(scene, app),
            { note: t`then find what blocks it: a longer timeout in the gateway is no remedy`, risk: risks.none },
          ]
        : [{ note: t`restart what listens on ${target.text}`, risk: risks.restart }],
    }
  },
})

function describeProcess({ name, pid, state, cpuPercent }: WebProcess): string {
  return cpuPercent === null
    ? t`${name} pid ${pid}, state ${state}`
    : t`${name} pid ${pid}, state ${state}, ${Math.round(cpuPercent)} % CPU`
}

import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { agoMs } from '../shared/pm2-log.js'
import { readLog, restart } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** An app that is not ready after this time has something that it waits for. */
const patienceMs = 30_000

export default defineCause({
  id: 'pm2-launching-stuck',
  title: 'the app was started, and never says that it is ready',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener', 'app-starting', 'wrapper-alive-child-dead'],
  needs: ['pm2', 'host'],
  runbook: {
    symptom: '502 on every request; `pm2 list` shows `launching`, and further `pm2` commands hang',
    signs: [
      'status launching for more than half a minute, with a pid that lives',
      '`wait_ready: true`: pm2 waits for `process.send("ready")`, for as long as `listen_timeout` says',
      'nothing listens on <port>',
    ],
    against: [
      'app-starting: it was started less than half a minute ago',
      'pm2-crash-loop: the number of restarts grows',
      'where the app listens, requests succeed in spite of the status',
    ],
    remedy: [
      steps.readLog,
      { step: 'see what it waits for before it calls `process.send("ready")` and listens', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Reproduced with pm2 4.5 and 7.0, fork and cluster mode: launching lasts until `ready` or listen_timeout.',
  judge: (scene) => {
    const { app } = scene.path
    const isStuck = (instance: { status: string; waitReady?: boolean | undefined; startedMs: number | null }) =>
      instance.status === 'launching' &&
      instance.waitReady === true &&
      agoMs(instance.startedMs, scene.facts) > patienceMs
    const stuck = app?.instances.find((instance) => isStuck(instance) && instance.startedMs !== null)
    if (!app || !stuck || !isRefused(scene) || scene.path.appListeners.length > 0) return undefined
    const seconds = Math.round(agoMs(stuck.startedMs, scene.facts) / 1000)
    if (!Number.isFinite(seconds)) return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`${app.name} was started ${seconds} s ago, and neither listens nor says that it is ready`,
      evidence: [
        ...pm2Evidence(app),
        {
          source: `pm2 (${app.daemon?.user})`,
          text: t`wait_ready is on, listen_timeout ${stuck.listenTimeoutMs ?? 3000} ms`,
        },
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        readLog(scene, app),
        { note: t`find what ${app.name} waits for before it listens: a database, another service`, risk: risks.none },
        restart(scene, app),
      ],
    }
  },
})

import { requestEvidence } from '../../path/edges.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { restart } from '../shared/remedies.js'
import { errorEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'app-hung',
  title: 'the app takes connections and never answers',
  layer: 'app',
  breaks: 'answer',
  explains: [],
  source: 'Reproduced: a stopped process or a blocked event loop; nginx then says 110 while reading response header.',
  judge: (scene) => {
    const { direct, app, holders, target, listeners } = scene.path
    const silent =
      direct.find(({ failure }) => failure === 'response-timeout') ??
      (listeners.length > 0 ? direct.find(({ failure }) => failure === 'connect-timeout') : undefined)
    if (!silent || !target || direct.some(({ status }) => status !== null)) return undefined
    const [holder] = holders
    const isStopped = holder?.state === 'T'
    return {
      holds: true,
      confidence: 'high',
      subject: app?.name ?? target.text,
      summary: `${app?.name ?? target.text} takes connections but does not answer${isStopped ? `: its process ${holder.pid} is stopped (SIGSTOP)` : ''}`,
      evidence: [
        requestEvidence(silent),
        ...(holder
          ? [
              {
                source: 'ps',
                text: `${holder.name} pid ${holder.pid}, state ${holder.state}${holder.cpuPercent === null ? '' : `, ${Math.round(holder.cpuPercent)} % CPU`}`,
              },
            ]
          : []),
        ...(app ? pm2Evidence(app) : []),
        ...errorEvidence(scene, 'response-timeout', 'connect-timeout'),
      ],
      remedy: app
        ? [restart(scene, app), { note: 'then find what blocks it: a longer timeout in the gateway is no remedy' }]
        : [{ note: `restart what listens on ${target.text}` }],
    }
  },
})

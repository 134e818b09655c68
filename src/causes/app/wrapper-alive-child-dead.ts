import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { answerEvidence, appInState, isRefused } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'wrapper-alive-child-dead',
  title: 'the wrapper lives, the server that it should run does not',
  layer: 'app',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2', 'processes'],
  runbook: {
    symptom: '502 on every request, though `pm2 list` says online and the restarts stand still',
    signs: ['below the pid of pm2 there is only npm, yarn, pnpm or a shell', 'nothing listens on <port>'],
    against: [
      'app-starting: the server is about to be started',
      'proxy-port-mismatch: the server is there, on another port',
    ],
    remedy: [
      steps.readLog,
      steps.restart,
      {
        step: 'have pm2 run the server itself (node_modules/next/dist/bin/next, or server.js) in place of npm',
        risk: risks.restart,
      },
    ],
  },
  source: 'gitroomhq/postiz-app#2057: pm2 watches npm or sh, not the server below it.',
  judge: (scene) => {
    const app = appInState(scene, 'online')
    if (!app || !isRefused(scene) || app.processes.length === 0) return undefined
    // sample: npm start, sh -c next start
    const isOnlyWrapper = app.processes.every(({ name, args }) =>
      /^(?:npm|yarn|pnpm|sh|bash|dash)\b/.test(args || name),
    )
    if (!isOnlyWrapper) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`pm2 runs ${app.processes[0]?.args ?? t`a wrapper`} for ${app.name}, but the server below it is gone`,
      evidence: [
        ...managerEvidence(app),
        ...app.processes.map(({ pid, args }) => ({ source: 'ps', text: `${pid} ${args}` })),
        ...answerEvidence(scene),
      ],
      remedy: [readLog(scene, app), restart(scene, app)],
    }
  },
})

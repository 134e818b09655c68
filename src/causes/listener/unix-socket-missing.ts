import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { reloadGateway, restart } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'unix-socket-missing',
  title: 'the Unix socket that the gateway dials is not there',
  layer: 'listener',
  breaks: 'target',
  explains: ['no-listener', 'upstream-pool-tripped'],
  needs: ['nginx', 'pm2', 'processes'],
  runbook: {
    symptom: '502 on every request; the app runs',
    signs: [
      'the gateway dials unix:<file>, and nobody listens there',
      'the log says `failed (2: No such file or directory)`, or 111',
    ],
    against: ['unix-socket-permission: 13', 'no-listener: the app does not run at all'],
    remedy: [
      { step: 'have the app listen on that socket, or name its port in proxy_pass', risk: risks.none },
      steps.reload,
    ],
  },
  source:
    'Reproduced: nginx connect() to unix:… failed (2: No such file or directory), or 111 for a file that was left.',
  judge: (scene) => {
    const { target, app, appListeners } = scene.path
    // An app that does not run at all has a better reason than its socket.
    if (!target?.unixPath || !isRefused(scene) || !app || app.processes.length === 0) return undefined
    const [own] = appListeners
    return {
      holds: true,
      confidence: own ? 'high' : 'medium',
      subject: target.unixPath,
      summary: own
        ? t`${gatewayName(scene)} dials ${target.text}, but ${app.name} listens on port ${own.port}`
        : t`${gatewayName(scene)} dials ${target.text}, and nothing listens there, though ${app.name} runs`,
      evidence: [
        ...edgeEvidence(scene, 'site', 'target'),
        ...(own ? [{ source: 'ss -ltnp', text: `${own.address}:${own.port} ${own.processName ?? ''}` }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-no-socket', 'connect-refused'),
      ],
      remedy: own
        ? [
            ...replaceInTarget(
              scene,
              `unix:${target.unixPath}`,
              `127.0.0.1:${own.port}`,
              t`has it dial port ${own.port}`,
            ),
            reloadGateway(scene),
          ]
        : [
            {
              note: t`have ${app.name} listen on ${target.unixPath}, which ${gatewayName(scene)} must be able to reach`,
              risk: risks.none,
            },
            restart(scene, app),
          ],
    }
  },
})

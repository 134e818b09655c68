import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { findRoutes } from '../../path/routes.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene, type Undecided } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { moveApp } from '../shared/move-app.js'
import { reloadGateway, runAs } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'proxy-port-mismatch',
  title: 'the app listens on another port than the gateway dials',
  layer: 'listener',
  breaks: 'site',
  explains: ['no-listener', 'upstream-pool-tripped'],
  needs: ['nginx', 'listeners', 'processes'],
  runbook: {
    symptom: '502 on every request; the app says that it is ready',
    signs: ['the app listens on another port than the gateway dials', 'nothing listens on the one that is dialled'],
    against: [
      'port-env-mismatch: the app does not run now',
      'gateway-not-reloaded: the files say the right port',
      'eaddrinuse-other-app: another program has the port',
    ],
    remedy: [
      { step: 'either: correct the port in proxy_pass', risk: risks.none },
      steps.reload,
      { step: 'or: `PORT=<port> pm2 restart <app> --update-env`, and in its ecosystem file', risk: risks.restart },
    ],
  },
  source: 'Reproduced; Unitech/pm2#5805.',
  judge: (scene) => {
    const { target, app, appListeners, location } = scene.path
    if (!target?.port || !location || !isRefused(scene)) return undefined
    const other = appListeners.find(({ port }) => port !== target.port)
    if (!app) return guess(scene)
    if (!other || appListeners.some(({ port }) => port === target.port)) return undefined
    const move = moveApp(scene, app, target.port)
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${gatewayName(scene)} dials port ${target.port}, but ${app.name} listens on ${other.port}`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        {
          source: 'ss -ltnp',
          text: `${other.address}:${other.port} ${other.processName ?? ''} pid ${other.pids.join(',')}`,
        },
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        ...replaceInTarget(
          scene,
          `:${target.port}\\b`,
          `:${other.port}`,
          t`either: has ${gatewayName(scene)} dial ${other.port}`,
        ),
        reloadGateway(scene),
        ...(app.daemon ? [{ ...move, note: t`or: ${move.note}` }] : []),
      ],
    }
  },
})

/** Without a look at pm2, a web server on another port may be the app or may be anything. */
function guess({ facts, login }: Scene): Undecided | undefined {
  if (facts.pm2.known && facts.pm2.blind.length === 0) return undefined
  const owners = new Map(
    knownValue(facts.processes)
      ?.processes.filter(({ args }) => /next|node/.test(args))
      .map(({ uid, user }) => [uid, user]),
  )
  // A port that the gateway dials elsewhere has an app of its own.
  const dialled = new Set(findRoutes(facts).map(({ target }) => target.port))
  const other = knownValue(facts.listeners)?.listeners.find(
    ({ uid, port }) => uid !== null && uid !== 0 && owners.has(uid) && !dialled.has(port),
  )
  if (!other || other.uid === null) return undefined
  const owner = owners.get(other.uid) ?? `${other.uid}`
  return {
    holds: null,
    because: t`${owner} has a server on port ${other.port}, but whether that is the app of this site could not be seen`,
    decide: runAs(owner, login, sh`pm2 list`).text,
  }
}

import { knownValue } from '../fact.js'
import { sh } from '../shell.js'
import { defineCause, type Scene, type Undecided } from './define.js'
import { asRoot, pm2With, reloadNginx } from './shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, isRefused } from './shared/scene.js'

export default defineCause({
  id: 'proxy-port-mismatch',
  title: 'the app listens on another port than the gateway dials',
  layer: 'listener',
  breaks: 'site',
  explains: ['no-listener'],
  source: 'Reproduced; Unitech/pm2#5805.',
  judge: (scene) => {
    const { target, app, appListeners, location } = scene.path
    if (!target?.port || !location || !isRefused(scene)) return undefined
    const other = appListeners.find(({ port }) => port !== target.port)
    if (!app) return guess(scene)
    if (!other || appListeners.some(({ port }) => port === target.port)) return undefined
    const { file, line } = location.proxyPass?.place ?? location.place
    const from = new RegExp(`:${target.port}\\b`).source
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `nginx dials port ${target.port}, but ${app.name} listens on ${other.port}`,
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
        {
          command: asRoot(scene.login, sh`sed -i --follow-symlinks ${`${line}s/${from}/:${other.port}/`} ${file}`),
          note: `either: nginx dials ${other.port} (changes line ${line} of ${file})`,
        },
        reloadNginx(scene.login),
        ...(app.daemon
          ? [
              {
                command: pm2With(scene, app, { PORT: target.port }, 'restart', app.name, '--update-env'),
                note: `or: the app listens on ${target.port}; set PORT in its ecosystem file too`,
              },
            ]
          : []),
      ],
    }
  },
})

/** Without a look at pm2, a web server on another port may be the app or may be anything. */
function guess({ path, facts }: Scene): Undecided | undefined {
  if (facts.pm2.known && facts.pm2.blind.length === 0) return undefined
  const owners = new Map(
    knownValue(facts.processes)
      ?.processes.filter(({ args }) => /next|node/.test(args))
      .map(({ uid, user }) => [uid, user]),
  )
  const other = knownValue(facts.listeners)?.listeners.find(
    ({ uid, port }) => uid !== null && uid !== 0 && owners.has(uid) && port !== path.target?.port,
  )
  if (!other || other.uid === null) return undefined
  return {
    holds: null,
    because: `${owners.get(other.uid)} has a server on port ${other.port}, but whether that is the app of this site could not be seen`,
  }
}

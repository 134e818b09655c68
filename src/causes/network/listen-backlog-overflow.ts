import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { ratesOf } from '../shared/rates.js'
import { answerEvidence, errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'listen-backlog-overflow',
  title: 'more connections wait for the app than may wait',
  layer: 'network',
  breaks: 'target',
  explains: ['app-hung'],
  needs: ['listeners'],
  runbook: {
    symptom: 'under load some requests get 504 or 502 after seconds, while others are answered',
    signs: [
      '`ss -ltn sport = :<port>` shows Recv-Q above Send-Q (the backlog; 511 by default in Node.js)',
      '`nstat -az TcpExtListenOverflows` grows',
      'the gateway logs `upstream timed out (110) while connecting` to an address of this very host',
    ],
    against: [
      'app-hung: then nothing is answered at all, and the full queue only follows; what closed connections in the last minute (TIME-WAIT at its port) is not hung',
      'conntrack-full: drops to every port, and the queue is short',
    ],
    remedy: [
      {
        step: 'find what blocks the event loop, or run more instances: `pm2 scale <app> <number>`',
        risk: 'each instance takes its memory; only cluster mode shares a port',
      },
      {
        step: 'let more wait: a larger backlog in `listen()`, and `sysctl -w net.core.somaxconn=<number>`',
        risk: 'visitors wait longer instead of failing',
      },
    ],
  },
  source:
    'Linux net/ipv4/tcp_ipv4.c: the handshake of a connection is dropped, and ListenOverflows counted, while the queue is above its backlog.',
  judge: (scene) => {
    const { listeners, direct, target } = scene.path
    if (!target || listeners.length === 0 || !isAlive(scene)) return undefined
    const full = listeners.find(
      ({ queued, backlog }) => queued !== null && backlog !== null && backlog > 0 && queued > backlog,
    )
    const late = recentErrors(scene, 'connect-timeout')
    const dropped = ratesOf(scene.facts)?.listenOverflows ?? 0
    const isDropped = direct.some(({ samples }) => samples?.failed.some(({ failure }) => failure === 'connect-timeout'))
    if (!full && !(dropped > 0 && (late.length > 0 || isDropped))) return undefined
    const most = knownValue(scene.facts.limits)?.somaxconn ?? null
    return {
      holds: true,
      confidence: full && (late.length > 0 || dropped > 0 || isDropped) ? 'high' : 'medium',
      subject: target.text,
      summary: full
        ? t`${full.queued} connections wait at ${target.text} where ${full.backlog} may: further ones are dropped`
        : t`connections to ${target.text} are dropped: more wait than may`,
      evidence: [
        ...listeners.slice(0, 1).map(({ address, port, queued, backlog }) => ({
          source: 'ss -ltn',
          text: `${address}:${port} Recv-Q ${queued ?? '?'}, Send-Q ${backlog ?? '?'}`,
        })),
        ...(dropped > 0
          ? [{ source: '/proc/net/netstat', text: t`ListenOverflows grew by ${dropped} during the check` }]
          : []),
        ...errorEvidence(scene, 'connect-timeout'),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: sh`top -b -n 1 -w 120`,
          note: t`shows whether the app is busy: one at 100 % blocks its event loop`,
          risk: 'none',
        },
        {
          note: t`make the app answer quicker, or run more instances of it in cluster mode`,
          risk: t`each instance takes its memory`,
        },
        {
          note:
            most === null
              ? t`to let more wait, pass a larger backlog to listen()`
              : t`to let more wait, pass a larger backlog to listen() (net.core.somaxconn allows ${most})`,
          risk: t`visitors wait longer instead of failing`,
        },
      ],
    }
  },
})

/** Whether the app takes connections and ends them: it answered, or connections at its port were closed in the last minute. */
function isAlive({ path: { direct, target, holders }, facts }: Scene): boolean {
  if (holders.some(({ state }) => state === 'T')) return false
  const limits = knownValue(facts.limits)
  const hasClosed = limits?.closedAt.some(({ port }) => port === target?.port)
  return direct.some(({ status }) => status !== null) || hasClosed === true
}

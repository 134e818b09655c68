import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { restartWith } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, isRefused } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'next-hostname-bind',
  title: 'the app listens on another address than the gateway dials',
  layer: 'listener',
  breaks: 'target',
  // Next.js 13.4.13 hands requests on to itself by that name, and answers 500 where it cannot.
  explains: ['no-listener', 'app-serves-5xx'],
  needs: ['listeners'],
  runbook: {
    symptom: '502 on every request; the app says that it is ready',
    signs: ['the app listens on <port>, on another address than the gateway dials', 'HOSTNAME or -H is set'],
    against: [
      'proxy-port-mismatch: the port differs',
      'localhost-ipv6-mismatch: localhost is dialled',
      'app-listen-addr-invalid: it does not listen at all',
    ],
    remedy: [
      {
        step: 'bind it to what is dialled: `HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`, with next start `-H 127.0.0.1`',
        risk: 'whoever dials the other address loses it',
      },
      { step: 'set it in its ecosystem file, too, and `pm2 save`', risk: risks.save },
    ],
  },
  source: 'Reproduced: standalone server.js binds to HOSTNAME, `next start -H` to its argument; vercel/next.js#53171.',
  judge: (scene) => {
    const { target, app, appListeners, listeners } = scene.path
    if (!app || !target || listeners.length > 0 || !isRefused(scene) || target.text.startsWith('localhost:'))
      return undefined
    const other = appListeners.find(({ port }) => port === target.port)
    if (!other) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} listens on ${other.address} only, the gateway dials ${target.text}`,
      evidence: [
        { source: 'ss -ltnp', text: `${other.address}:${other.port} ${other.processName ?? ''}` },
        ...edgeEvidence(scene, 'site'),
        ...answerEvidence(scene),
      ],
      remedy: app.daemon
        ? [
            {
              command: restartWith(scene, app, { HOSTNAME: '127.0.0.1' }),
              note: t`binds a standalone server to the loopback address; for \`next start\` use \`-H 127.0.0.1\``,
              risk: t`whoever dials the other address loses it`,
            },
          ]
        : [{ note: t`bind ${app.name} to 127.0.0.1 or 0.0.0.0`, risk: risks.restart }],
    }
  },
})

import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { acceptsAt } from '../../path/target.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { ownIpv6 } from '../shared/public-name.js'
import { asRoot } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'

export default defineCause({
  id: 'ipv6-listen-missing',
  title: 'the name has an IPv6 address, and nothing listens there',
  layer: 'network',
  breaks: 'entrance',
  explains: [],
  needs: ['host', 'listeners'],
  runbook: {
    symptom: 'some visitors, and certificate authorities, are refused; from an IPv4 network everything is well',
    signs: [
      'the name has an AAAA record with an address of this host: `dig +short AAAA <name>`',
      '`ss -ltn6 sport = :<port>` shows no listener',
    ],
    against: [
      'an AAAA record of a CDN or load balancer: the address is none of this host',
      '`*:<port>` of ss takes both families where the socket is not v6only',
    ],
    remedy: [
      {
        step: 'let the gateway listen on IPv6: `listen [::]:443 ssl;` in the server block',
        risk: 'fails to start where another server block has it with other options',
      },
      {
        step: 'test and reload: `nginx -t && systemctl reload nginx`',
        risk: 'takes over every other change of the files, too',
      },
      { step: 'or take the AAAA record away', risk: 'visitors with IPv6 only are lost' },
    ],
  },
  source: 'nginx listen: `listen 80` is IPv4 only; the kernel refuses a connection that no socket takes (RFC 9293).',
  judge: (scene) => {
    const name = ownIpv6(scene)
    const listeners = knownValue(scene.facts.listeners)?.listeners
    if (!name || !listeners || !scene.path.site) return undefined
    const { address, port } = name
    const isOnIpv4 = listeners.some((listener) => listener.port === port && listener.acceptsIpv4 !== false)
    if (!isOnIpv4 || listeners.some((listener) => acceptsAt(listener, address, port))) return undefined
    return {
      holds: true,
      confidence: 'high',
      isLatent: true,
      subject: `${name.text}:${port}`,
      summary: t`${name.text} has the IPv6 address ${address}, but ${gatewayName(scene)} listens on port ${port} for IPv4 only`,
      evidence: [
        name.evidence,
        ...listeners
          .filter((listener) => listener.port === port)
          .map((each) => ({ source: 'ss -ltn', text: t`LISTEN ${each.address}:${port}, none for IPv6` })),
      ],
      remedy: listenOnIpv6(scene, port),
    }
  },
})

function listenOnIpv6({ path: { gateway, site }, login }: Scene, port: number): RemedyStep[] {
  const isTls = site?.listens.some((listen) => listen.port === port && listen.isTls) ?? false
  if (gateway?.kind !== 'nginx' || !site)
    return [
      {
        note: t`let the gateway listen on [::]:${port} too, or take the AAAA record away`,
        risk: t`without the record visitors with IPv6 only are lost`,
      },
    ]
  const { file, line } = site.place
  const listen = `listen [::]:${port}${isTls ? ' ssl' : ''};`
  return [
    {
      command: asRoot(login, sh`nano ${`+${line}`} ${file}`),
      note: t`add \`${listen}\` beside the other listen of this server block`,
      risk: t`a mistake in it shows at the next reload or start only: test first`,
    },
    {
      command: asRoot(login, gateway.test, gateway.reload),
      note: t`tests the configuration and loads it`,
      risk: t`takes over every other change of the files, too`,
    },
  ]
}

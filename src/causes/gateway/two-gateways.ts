import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { type Gateway, gatewaysOf } from '../../path/gateways.js'
import type { Listener } from '../../path/target.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'
import { realNames } from '../shared/site-choice.js'
import { risks } from '../shared/steps.js'

/** Names of the kernel for programs that are gateways. */
const programs = /^(?:nginx|openresty|apache2|httpd|caddy|haproxy|traefik|envoy|docker-proxy)/

export default defineCause({
  id: 'two-gateways',
  title: 'two gateways answer on one port, at different addresses',
  layer: 'gateway',
  breaks: 'entrance',
  explains: [],
  needs: ['listeners'],
  runbook: {
    symptom:
      'some visitors get the page and others a foreign one or an error: those who come by IPv6, or to another address',
    signs: ['`ss -ltnp` shows two programs on port 80 or 443, one at 0.0.0.0 and one at [::] or at one address only'],
    against: ['gateway-port-taken: only one of them could start', 'wrong-server-block: one gateway, two sites'],
    remedy: [
      {
        step: 'stop the one that is not meant: `systemctl disable --now <unit>`',
        risk: 'the sites that only it has are gone',
      },
      { step: 'let the other listen on both: `listen 80; listen [::]:80;`', risk: risks.edit },
    ],
  },
  source: 'Known of hosts where Apache came with a package beside nginx, or nginx runs in Docker too; openneuro#728.',
  judge: (scene) => {
    const { gateway, site, location } = scene.path
    if (!gateway?.facts.running || !site || !location) return undefined
    const rival = findRival(scene)
    if (!rival) return undefined
    const { own, other } = rival
    const program = other.processName ?? t`another program`
    const [name] = realNames(site)
    if (name === undefined || knows(scene, other.processName ?? '', name)) return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: `port ${other.port}`,
      summary: t`${program} answers on ${formatAddress(other)}, where ${gatewayName(scene)} serves ${formatAddress(own)} only: visitors of ${name} get either`,
      evidence: [own, other].map((each) => ({
        source: 'ss -ltnp',
        text: `${formatAddress(each)} ${each.processName ?? ''} pid ${each.pids.join(',')}`,
      })),
      remedy: [
        {
          command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${other.port}`}`),
          note: t`shows both`,
          risk: risks.none,
        },
        {
          note: t`stop and disable ${program}, if it is not meant, and let ${gatewayName(scene)} listen on [::]:${other.port} as well as on 0.0.0.0:${other.port}`,
          risk: t`the sites that only ${program} has are gone`,
        },
      ],
    }
  },
})

/** Another program at a public port that this gateway serves the site on. */
function findRival({ path: { gateway, site }, facts }: Scene): { own: Listener; other: Listener } | undefined {
  const ports = [80, 443].filter((port) => site?.listens.some((listen) => listen.port === port))
  const open = (knownValue(facts.listeners)?.listeners ?? []).filter(
    ({ port, address, processName }) => ports.includes(port) && isWildcard(address) && programs.test(processName ?? ''),
  )
  const own = open.filter(({ processName }) => isProgramOf(gateway, processName ?? ''))
  const other = open.find(({ processName, port }) => {
    const first = own.find((each) => each.port === port)
    return first !== undefined && processName !== first.processName
  })
  const beside = own.find(({ port }) => port === other?.port)
  return other && beside && { own: beside, other }
}

/** Two at addresses of their own are meant so. */
function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

function isProgramOf(gateway: Gateway | null, program: string): boolean {
  const names =
    gateway?.kind === 'apache' ? /^(?:apache2|httpd)/ : gateway?.kind === 'nginx' ? /^(?:nginx|openresty)/ : undefined
  return names ? names.test(program) : program === gateway?.kind
}

/** Whether the other gateway serves the name as well: then it may be meant so. */
function knows({ facts }: Scene, program: string, name: string): boolean {
  const other = gatewaysOf(facts).find((each) => isProgramOf(each, program))
  return other?.facts.sites.some(({ names }) => names.includes(name)) ?? false
}

function formatAddress({ address, port }: Listener): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

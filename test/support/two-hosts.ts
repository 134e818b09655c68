import { diagnose, type Findings } from '../../src/diagnose/diagnose.js'
import type { Peer } from '../../src/path/follow-upstream.js'
import type { HttpAnswer } from '../../src/path/request-path.js'
import type { Facts } from '../../src/probes/index.js'
import {
  answer,
  daemon,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  listeners,
  makeFacts,
  nginx,
  pm2,
  proxy,
  servingFacts,
  site,
} from './facts.js'
import { pm2App } from './record.js'

/** Two hosts of one run: the gateway web1 (10.0.0.1) dials port 3000 of web2 (10.0.0.2), where the app is. */
const upstream = '10.0.0.2'

/** The gateway, whose app is on web2: what it gets there, and what its visitors get. */
export function gatewayFacts(failure: HttpAnswer['failure'] = 'refused', overrides: Partial<Facts> = {}): Facts {
  return makeFacts({
    nginx: nginx([site({ locations: [proxy(`http://${upstream}:3000`)] })]),
    http: http(
      failed(failure, { address: upstream }),
      gatewayAnswer({ status: failure === 'connect-timeout' ? 504 : 502 }),
    ),
    ...overrides,
  })
}

/** web2 with its app, well in itself: no gateway is there. */
export function appFacts(overrides: Partial<Facts> = {}): Facts {
  return servingFacts({
    nginx: nginx([], { installed: false, running: false }),
    http: http(answer()),
    host: hostFacts({ hostname: 'web2', addresses: ['127.0.0.1', '::1', upstream] }),
    ...overrides,
  })
}

/** The same with its app stopped. */
export function stoppedAppFacts(): Facts {
  return appFacts({
    pm2: pm2(daemon({ apps: [pm2App({ status: 'stopped', pid: 0 })] })),
    processes: makeFacts().processes,
    listeners: listeners(),
    http: http(failed('refused')),
  })
}

/** A host as the run knows it when it was looked at. */
export function peer(facts: Facts, overrides: Partial<Peer> = {}): Peer {
  return {
    name: 'web2',
    address: 'web2.example.com',
    facts,
    ...diagnose({ facts, apps: [], login: 'root', fromHere: [] }),
    ...overrides,
  }
}

/** A host that nobody could log in to. */
export function unseenPeer(): Peer {
  const verdict = 'deploy@10.0.0.2:22 refused the connection'
  return { name: 'web2', address: upstream, status: 'unreachable', verdict, facts: null, causes: [], paths: [] }
}

/** What web1 is judged from, with these other hosts in the run. */
export function withPeers(facts: Facts, ...peers: Peer[]): Findings {
  return { facts, apps: [], login: 'root', fromHere: [], fleet: { self: 'web1', peers } }
}

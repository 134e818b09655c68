import {
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  limitsFacts,
  makeFacts,
  nginx,
  pm2,
  servingFacts,
} from '../support/facts.js'
import { haproxyTo, nginxErrors, nginxTo, requestError } from './gateway-sections.js'
import type { PublicCases } from './public-case.js'
import { dmesg } from './sections.js'

/** A gateway that sends to another host, from where visitors get this. */
const awayTo = (url: string, status: number, ...direct: Parameters<typeof http>) => ({
  nginx: nginxTo(url),
  pm2: pm2(),
  http: http(...direct, gatewayAnswer({ status })),
})

/** The network between a gateway and its app. */
export default {
  6: {
    thread: 'adobe-platform/porter#124',
    cause: 'conntrack-full',
    grade: 'right',
    // The kernel says that it is full; 65536 is its own default.
    host: () =>
      servingFacts({
        nginx: nginx([], { installed: false, running: false }),
        haproxy: haproxyTo('127.0.0.1:3000'),
        'kernel-log': dmesg('nf_conntrack: table full, dropping packet', 'nf_conntrack: table full, dropping packet'),
        limits: limitsFacts({ conntrack: { count: 65_536, max: 65_536 } }),
        http: http(gatewayAnswer({ status: 503, hostHeader: null })),
      }),
  },
  11: {
    thread: 'notional-labs/cosmosia#95',
    cause: 'ephemeral-ports-exhausted',
    grade: 'unknown',
    lacks: 'how many of the local ports are taken',
    host: () =>
      makeFacts({
        ...awayTo('http://10.0.1.226:8004', 502),
        'nginx-errors': nginxErrors([
          requestError(
            '[crit] connect() to 10.0.1.226:8004 failed (99: Cannot assign requested address) while connecting to upstream',
            'http://10.0.1.226:8004',
          ),
        ]),
      }),
  },
  12: {
    thread: 'moby/moby#49288',
    cause: 'firewall-drop-gateway-app',
    grade: 'right',
    // As the container of the gateway sees it.
    host: () =>
      makeFacts({
        ...awayTo(
          'http://192.168.173.130:9527',
          504,
          failed('connect-timeout', { address: '192.168.173.130', port: 9527 }),
        ),
        host: hostFacts({ addresses: ['127.0.0.1', '172.17.0.2'] }),
      }),
  },
  13: {
    thread: 'firewalld/firewalld#1452',
    cause: 'firewall-reject-gateway-app',
    grade: 'right',
    host: () => makeFacts(awayTo('http://10.0.0.2:3000', 502, failed('unreachable', { address: '10.0.0.2' }))),
  },
  14: {
    thread: 'nginx/docker-nginx#729',
    cause: 'firewall-reject-gateway-app',
    grade: 'right',
    host: () =>
      makeFacts({
        ...awayTo('http://192.168.15.234:8889', 502),
        host: hostFacts({ addresses: ['127.0.0.1', '172.17.0.2'] }),
        'nginx-errors': nginxErrors([
          requestError(
            '[error] connect() failed (113: No route to host) while connecting to upstream',
            'http://192.168.15.234:8889',
          ),
        ]),
      }),
  },
  43: {
    thread: 'medic/cht-core#8205',
    cause: 'nginx-stale-upstream-ip',
    grade: 'right',
    host: () =>
      makeFacts({
        ...awayTo('http://api:5988', 502),
        // The C library of Alpine has its own words.
        'nginx-errors': nginxErrors(
          [
            requestError(
              '[error] connect() failed (113: Host is unreachable) while connecting to upstream',
              'http://172.18.0.3:5988',
            ),
          ],
          { resolves: ['api', '172.18.0.5'] },
        ),
      }),
  },
  46: {
    thread: 'zodern/meteor-up#1230',
    cause: 'no-listener',
    grade: 'unknown',
    lacks: 'whether the address is still that of the container, and what is in there',
    host: () =>
      makeFacts({
        ...awayTo('http://172.17.0.4:3000', 502),
        'nginx-errors': nginxErrors([
          requestError(
            '[error] connect() failed (111: Connection refused) while connecting to upstream',
            'http://172.17.0.4:3000',
            '/sockjs/info',
          ),
        ]),
      }),
  },
} satisfies PublicCases

import { answer, failed, gatewayAnswer, http, listener, listeners, pm2, servingFacts } from '../support/facts.js'
import { nginxErrors, nginxTo, requestError } from './gateway-sections.js'
import type { PublicCases } from './public-case.js'

/** `localhost`, which is two addresses. */
export default {
  29: {
    thread: 'cryptpad/cryptpad#2299',
    cause: 'localhost-ipv6-mismatch',
    grade: 'right',
    host: () =>
      servingFacts({
        nginx: nginxTo('http://localhost:3000'),
        listeners: listeners(listener({ address: '::1', acceptsIpv4: false, acceptsIpv6: true })),
        http: http(failed('refused'), answer({ address: '::1' }), gatewayAnswer({ status: 502 })),
      }),
  },
  30: {
    thread: 'ietf-tools/mailarchive#4016',
    cause: 'localhost-ipv6-mismatch',
    grade: 'right',
    host: () => refusedOnIpv6(8000, '/favicon.ico'),
  },
  31: {
    thread: 'nextcloud/notify_push#47',
    cause: 'localhost-ipv6-mismatch',
    grade: 'right',
    host: () => refusedOnIpv6(7867, '/test/mapping/1'),
  },
} satisfies PublicCases

function refusedOnIpv6(port: number, path: string) {
  return servingFacts({
    nginx: nginxTo(`http://localhost:${port}`),
    pm2: pm2(),
    listeners: listeners(listener({ address: '127.0.0.1', port })),
    http: http(failed('refused', { address: '::1', port }), answer({ port }), gatewayAnswer({ status: 502 })),
    'nginx-errors': nginxErrors([
      requestError(
        '[error] connect() failed (111: Connection refused) while connecting to upstream',
        `http://[::1]:${port}`,
        path,
      ),
    ]),
  })
}

import {
  answer,
  failed,
  gatewayAnswer,
  http,
  listener,
  listeners,
  makeFacts,
  pm2,
  processes,
  unseen,
  webProcess,
} from '../support/facts.js'
import {
  apacheConfig,
  gatewayErrors,
  haproxyTo,
  nginxErrors,
  nginxTo,
  proxyModules,
  requestError,
  virtualHost,
} from './gateway-sections.js'
import type { PublicCases } from './public-case.js'

/** How a gateway talks to the app. */
export default {
  17: {
    thread: 'haproxy/haproxy#363',
    cause: 'gateway-healthcheck-wrong',
    grade: 'right',
    host: () =>
      makeFacts({
        haproxy: haproxyTo('10.0.0.2:3000 check'),
        'gateway-errors': gatewayErrors(
          'haproxy',
          [
            'Server app/app1 is DOWN, reason: Layer4 timeout, check duration: 10001ms. 0 active and 0 backup servers left.',
          ],
          ['app/app1 http://10.0.0.2:3000'],
        ),
        pm2: pm2(),
        http: http(answer({ address: '10.0.0.2' }), gatewayAnswer({ status: 503, hostHeader: null })),
      }),
  },
  18: {
    thread: 'NginxProxyManager/nginx-proxy-manager#96',
    cause: 'gateway-in-container-localhost',
    grade: 'unknown',
    lacks: 'where the app behind listens: its port of the host may be open to the container, too',
    host: () => ({
      apps: [{ name: 'classrooom', port: 8080, url: 'http://classrooom.test/' }],
      fromHere: [gatewayAnswer({ url: 'http://classrooom.test/', address: 'classrooom.test', status: 502 })],
      facts: makeFacts({
        listeners: listeners(listener({ port: 8080 })),
        http: http(answer({ port: 8080 })),
        processes: processes(
          webProcess({ pm2App: null, networkNamespace: 'net:[1]' }),
          webProcess({
            ...{ pid: 900, ppid: 1, name: 'nginx', args: 'nginx: master process nginx', cwd: null },
            ...{ pm2App: null, unit: 'docker-4f0c1d2e3a4b.scope', networkNamespace: 'net:[2]' },
          }),
        ),
      }),
    }),
  },
  45: {
    thread: 'micwallace/wallacepos#110',
    cause: 'no-listener',
    grade: 'right',
    host: () =>
      makeFacts({
        apache: apacheConfig(proxyModules + virtualHost(8080)),
        'gateway-errors': gatewayErrors('apache', [
          '[client 203.0.113.9:40112] AH01114: HTTP: failed to make connection to backend: localhost',
        ]),
        http: http(
          failed('refused', { port: 8080 }),
          failed('refused', { address: '::1', port: 8080 }),
          gatewayAnswer({ status: 503 }),
        ),
      }),
  },
  75: {
    thread: 'RiotGamesCookbooks/nexus-cookbook#115',
    cause: 'selinux-connect-denied',
    grade: 'right',
    // That the boolean is off is what the audit log's denial of name_connect says.
    host: () =>
      makeFacts({
        nginx: nginxTo('http://127.0.0.1:8081'),
        'nginx-errors': nginxErrors(
          [
            requestError(
              '[crit] connect() to 127.0.0.1:8081 failed (13: Permission denied) while connecting to upstream',
              'http://127.0.0.1:8081',
            ),
          ],
          { selinux: '1 0' },
        ),
        pm2: pm2(),
        listeners: listeners(listener({ port: 8081, processName: 'java' })),
        http: http(answer({ port: 8081 }), gatewayAnswer({ status: 502 })),
      }),
  },
  76: {
    thread: 'linagora/linshare#46',
    cause: 'selinux-connect-denied',
    grade: 'unknown',
    lacks: 'whether SELinux is on, which the kernel alone would not tell from a prohibited route',
    host: () =>
      makeFacts({
        apache: apacheConfig(proxyModules + virtualHost(8080)),
        'gateway-errors': gatewayErrors('apache', [
          '(13)Permission denied: AH00957: HTTP: attempt to connect to 127.0.0.1:8080 (127.0.0.1) failed',
          'AH00959: ap_proxy_connect_backend disabling worker for (127.0.0.1) for 60s',
        ]),
        listeners: unseen('the listening sockets'),
        processes: unseen('the processes'),
        pm2: unseen('pm2'),
        http: http(gatewayAnswer({ status: 503 })),
      }),
  },
  77: {
    thread: 'NginxProxyManager/nginx-proxy-manager#3173',
    cause: 'tls-to-plain-upstream',
    grade: 'right',
    host: () =>
      makeFacts({
        nginx: nginxTo('https://172.30.1.110:443'),
        'nginx-errors': nginxErrors([
          requestError(
            '[error] SSL_do_handshake() failed (SSL: error:1408F10B:SSL routines:ssl3_get_record:wrong version number) while SSL handshaking to upstream',
            'https://172.30.1.110:443',
          ),
        ]),
        http: http(gatewayAnswer({ status: 502 })),
      }),
  },
  78: {
    thread: 'logico/vestacp-nodejs#9',
    cause: 'unix-socket-missing',
    grade: 'unknown',
    lacks: 'whether the app runs at all',
    host: () => {
      const path = '/home/admin/web/classrooom.test/nodeapp/app.sock'
      return makeFacts({
        nginx: nginxTo(`http://unix:${path}`),
        'nginx-errors': nginxErrors([
          requestError(
            `[crit] connect() to unix:${path} failed (2: No such file or directory) while connecting to upstream`,
            `http://unix:${path}:`,
          ),
        ]),
        processes: unseen('the processes'),
        pm2: unseen('pm2'),
        http: http(gatewayAnswer({ status: 502 })),
      })
    },
  },
} satisfies PublicCases

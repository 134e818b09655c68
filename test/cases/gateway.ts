import {
  answer,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  listener,
  listeners,
  makeFacts,
  nowMs,
  services,
  servingFacts,
  unit,
  unseen,
} from '../support/facts.js'
import { apacheConfig, haproxyTo, nginxConfig, nginxErrors, nginxTo, virtualHost } from './gateway-sections.js'
import type { PublicCases } from './public-case.js'
import { journal, row, ss } from './sections.js'

const down = { isRunning: false, unit: { ActiveState: 'failed', Result: 'exit-code' } }
const refused = http(failed('refused', { vantage: 'gateway', port: 80, hostHeader: 'classrooom.test' }))

/** The gateway itself: that it runs, and takes its configuration. */
export default {
  15: {
    thread: 'NixOS/nixpkgs#5832',
    cause: 'gateway-bind-addr-missing',
    grade: 'consequence',
    lacks: 'which addresses the host has by now: it may have had them later than nginx',
    host: () =>
      makeFacts({
        nginx: nginxConfig(
          { 'site.conf': 'server { listen 192.0.2.10:80; location / { proxy_pass http://127.0.0.1:3000; } }' },
          down,
        ),
        'nginx-errors': nginxErrors(['[emerg] bind() to 192.0.2.10:80 failed (99: Cannot assign requested address)']),
        host: unseen('the host'),
        listeners: unseen('the listening sockets'),
        http: refused,
        pm2: unseen('pm2'),
        processes: unseen('the processes'),
      }),
  },
  16: {
    thread: 'trojan-tutor/trojan-tutor.github.io#36',
    cause: 'gateway-boot-dns-race',
    grade: 'right',
    host: () =>
      makeFacts({
        nginx: nginxTo('http://app.internal:3000', down),
        host: hostFacts({ uptimeSeconds: 900 }),
        http: refused,
        services: services([
          unit({
            ...{ name: 'nginx.service', role: 'gateway', program: '/usr/sbin/nginx', command: '/usr/sbin/nginx -t' },
            ...{ activeState: 'failed', subState: 'failed', result: 'exit-code', mainPid: null },
            ...{ exit: { how: 'exited', status: 1 }, changedMs: nowMs - 890_000 },
          }),
        ]),
        journals: journal(
          'nginx.service',
          [
            'nginx[412]: nginx: [emerg] host not found in upstream "app.internal:3000" in /etc/nginx/conf.d/site.conf:5',
          ],
          // Started by hand it comes up: the name is there by now.
          ['app.internal', '10.0.0.7'],
        ),
      }),
  },
  19: {
    thread: 'engintron/engintron#693',
    cause: 'gateway-port-taken',
    grade: 'right',
    host: () =>
      makeFacts({
        nginx: nginxTo('http://127.0.0.1:8081', {
          isRunning: false,
          unit: { ActiveState: 'inactive', Result: 'success' },
        }),
        'nginx-errors': nginxErrors([
          '[emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)',
          '[emerg] still could not bind()',
        ]),
        listeners: listeners(listener({ port: 80, pids: [], processName: null, uid: null })),
        processes: unseen('the processes'),
        pm2: unseen('pm2'),
      }),
  },
  20: {
    thread: 'certbot/certbot#7135',
    cause: 'gateway-reload-silently-failed',
    grade: 'consequence',
    lacks: 'a word of nginx itself; that ExecReload failed is in `systemctl status` only, which is not read',
    host: () => servingFacts({ nginx: nginxTo('http://127.0.0.1:3000', { changedAgo: 600, loadedAgo: 86_400 }) }),
  },
  25: {
    thread: 'TeamPiped/Piped#3679',
    cause: 'host-not-found-in-upstream',
    grade: 'right',
    host: () =>
      makeFacts({
        nginx: nginxConfig(
          {
            'pipedfrontend.conf':
              'server { listen 80; server_name piped.test;\n  location / { proxy_pass http://pipedfrontend:80; } }',
          },
          { isRunning: false },
        ),
        'nginx-errors': nginxErrors([
          '[emerg] 1#1: host not found in upstream "pipedfrontend:80" in /etc/nginx/conf.d/pipedfrontend.conf:2',
        ]),
        http: refused,
      }),
  },
  73: {
    thread: 'icclab/cf-webui#12',
    cause: 'proxy-loop',
    grade: 'right',
    host: () =>
      makeFacts({
        nginx: nginxTo('http://127.0.0.1:80'),
        listeners: ss(row('0.0.0.0:80', 'nginx', 700)),
        http: http(answer({ port: 80, status: 502 }), gatewayAnswer({ status: 502 })),
      }),
  },
  74: {
    thread: 'PnX-SI/UsersHub#92',
    cause: 'proxy-module-missing',
    grade: 'right',
    host: () =>
      makeFacts({
        apache: apacheConfig(virtualHost(8080), {
          changedAgo: 600,
          loadedAgo: 86_400,
          unit: { ActiveState: 'active', Result: 'exit-code' },
        }),
        listeners: ss(row('0.0.0.0:80', 'httpd', 700), row('127.0.0.1:8080')),
      }),
  },
  79: {
    thread: 'haproxy/haproxy#2211',
    cause: 'upstream-all-marked-down',
    grade: 'right',
    host: () =>
      makeFacts({
        haproxy: haproxyTo('192.168.0.1:88 check disabled'),
        http: http(gatewayAnswer({ status: 503, hostHeader: null })),
      }),
  },
  80: {
    thread: 'zenoamaro/ansible-nginx#4',
    cause: 'wrong-server-block',
    grade: 'unknown',
    lacks: 'which names and addresses the two sites have, and which name was asked for',
    host: () =>
      servingFacts({
        nginx: nginxConfig({
          'default.conf': 'server { listen 80 default_server; location / { proxy_pass http://127.0.0.1:8080; } }',
          'site.conf':
            'server { listen 80; server_name classrooom.test; location / { proxy_pass http://127.0.0.1:3000; } }',
        }),
        http: http(answer(), gatewayAnswer({ status: 502, hostHeader: null })),
      }),
  },
} satisfies PublicCases

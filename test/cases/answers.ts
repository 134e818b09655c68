import { answer, gatewayAnswer, http, nowMs, processes, servingFacts, unseen, webProcess } from '../support/facts.js'
import { nginxConfig, nginxErrors, requestError } from './gateway-sections.js'
import type { PublicCases } from './public-case.js'

/** An app that answers, and a gateway that gives this. */
const between = (status: number) => http(answer(), gatewayAnswer({ status }))

/** The error log of nginx, about a request to the app. */
const logged = (text: string, upstream = 'http://127.0.0.1:3000') => nginxErrors([requestError(text, upstream)])

/** What a gateway does with the app's answers, and for how much it has room. */
export default {
  21: {
    thread: 'bytedance/deer-flow#3882',
    cause: 'gateway-timeout-too-short',
    grade: 'right',
    isUp: true,
    host: () =>
      servingFacts({
        'nginx-errors': logged(
          '[error] upstream timed out (110: Connection timed out) while reading response header from upstream',
        ),
      }),
  },
  22: {
    thread: 'auth0/nextjs-auth0#772',
    cause: 'header-too-big',
    grade: 'unknown',
    lacks: 'the line of the error log; one page alone fails',
    isUp: true,
    host: () => servingFacts({ 'nginx-errors': unseen("nginx's error log") }),
  },
  23: {
    thread: 'onehashai/Cal-ID#1161',
    cause: 'header-too-big',
    grade: 'right',
    isUp: true,
    host: () =>
      servingFacts({
        'nginx-errors': logged('[error] upstream sent too big header while reading response header from upstream'),
      }),
  },
  27: {
    thread: 'growthbook/growthbook-proxy#135',
    cause: 'keepalive-race',
    grade: 'unknown',
    lacks: 'a line of the gateway that names the app; the balancer is none of the host',
    isUp: true,
    host: () => servingFacts(),
  },
  28: {
    thread: 'nodejs/node#27363',
    cause: 'keepalive-race',
    grade: 'right',
    isUp: true,
    host: () =>
      servingFacts({
        nginx: nginxConfig({
          'site.conf': [
            'upstream app { server 127.0.0.1:3000; keepalive 16; }',
            'server { listen 80; server_name classrooom.test; location / { proxy_pass http://app;',
            'proxy_http_version 1.1; proxy_set_header Connection ""; } }',
          ].join('\n'),
        }),
        processes: processes(webProcess({ startedMs: nowMs - 86_400_000 })),
        'nginx-errors': logged(
          '[error] upstream prematurely closed connection while reading response header from upstream',
        ),
      }),
  },
  42: {
    thread: 'zodern/meteor-up#1379',
    cause: 'nginx-fd-limit',
    grade: 'right',
    host: () =>
      servingFacts({
        http: between(500),
        'nginx-errors': nginxErrors([
          requestError(
            '[alert] socket() failed (24: Too many open files) while connecting to upstream',
            'http://127.0.0.1:3000',
          ),
          '[crit] accept4() failed (24: Too many open files)',
        ]),
      }),
  },
  44: {
    thread: 'ocf/nix#364',
    cause: 'nginx-worker-connections',
    grade: 'right',
    host: () =>
      servingFacts({
        http: between(500),
        'nginx-errors': logged(
          '[alert] 2130#2130: *67889 512 worker_connections are not enough while connecting to upstream',
        ),
      }),
  },
} satisfies PublicCases

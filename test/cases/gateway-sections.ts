import { probes } from '../../src/probes/index.js'
import { nowMs } from '../support/facts.js'
import { clock, momentOf, part, read, stampOf } from './sections.js'

/** Gateways and their logs, as their probes would have sent them. */

interface Around {
  /** `ENFORCE BOOLEAN`, as the probe prints it: `1 0`. */
  selinux?: string
  /** What a name is by now. */
  resolves?: [name: string, ...addresses: string[]]
}

/** Lines of nginx's error log, each from its `[level]` on. */
export function nginxErrors(lines: readonly string[], { selinux, resolves: [name, ...addresses] = [''] }: Around = {}) {
  const written = lines.map((line, index) => {
    const time = stampOf(momentOf(index, lines.length)).replaceAll('-', '/').replace('T', ' ')
    // sample: [alert] 2130#2130: *67889 512 worker_connections are not enough; most threads leave the process out
    return `${time} ${/^\[\w+\] \d+#\d+: /.test(line) ? line : line.replace(/^(\[\w+\]) /, '$1 812#812: *41 ')}`
  })
  return read(
    probes['nginx-errors'],
    clock,
    ...(selinux === undefined ? [] : [`selinux ${selinux}`]),
    part('log', `${nowMs / 1000} 900 /var/log/nginx/error.log`),
    ...written,
    ...(name === '' ? [] : [part('name', name), ...addresses]),
  )
}

/** A line of nginx's error log about a request for the app, with the fields that nginx adds to it. */
export function requestError(message: string, upstream: string, path = '/'): string {
  return `${message}, client: 203.0.113.9, server: classrooom.test, request: "GET ${path} HTTP/1.1", upstream: "${upstream}${path}", host: "classrooom.test"`
}

interface GatewayState {
  isRunning?: boolean
  /** When the files were changed, and when a running one read them, in seconds before now. */
  changedAgo?: number
  loadedAgo?: number
  unit?: { ActiveState: string; Result: string }
  journal?: readonly string[]
}

function processesOf({ isRunning = true, loadedAgo = 3600 }: GatewayState): string[] {
  const running = ['master 700 0', 'worker 701 0 700', `ticks 100 ${nowMs / 1000 - loadedAgo}`]
  return isRunning ? running : [`ticks 100 ${nowMs / 1000 - 864_000}`]
}

function unitOf(name: string, { unit, journal = [] }: GatewayState): string[] {
  if (!unit) return []
  const properties = Object.entries({ LoadState: 'loaded', UnitFileState: 'enabled', ...unit })
  return [
    part('unit', name),
    ...properties.map(([key, value]) => `${key}=${value}`),
    ...(journal.length > 0 ? [part('journal'), ...journal] : []),
  ]
}

/** nginx with these sites, each a file of conf.d. */
export function nginxConfig(sites: Readonly<Record<string, string>>, state: GatewayState = {}) {
  const mtime = nowMs / 1000 - (state.changedAgo ?? 86_400)
  return read(
    probes.nginx,
    ...processesOf(state),
    'binary /usr/sbin/nginx',
    part('build'),
    'nginx version: nginx/1.22.1',
    'configure arguments: --prefix=/usr/share/nginx --error-log-path=/var/log/nginx/error.log',
    ...unitOf('nginx.service', state),
    part('found'),
    'config /etc/nginx/nginx.conf',
    'prefix /usr/share/nginx',
    part('file', `${mtime} whole /etc/nginx/nginx.conf`),
    'user www-data; events { } http { include /etc/nginx/conf.d/*.conf; }',
    ...Object.entries(sites).flatMap(([name, text]) => [
      part('file', `${mtime} whole /etc/nginx/conf.d/${name}`),
      text,
    ]),
  )
}

/** nginx with one site, classrooom.test, that sends everything to a URL. */
export function nginxTo(url: string, state: GatewayState = {}) {
  const site = `server {\n  listen 80;\n  server_name classrooom.test;\n  location / {\n    proxy_pass ${url};\n  }\n}`
  return nginxConfig({ 'site.conf': site }, state)
}

/** HAProxy in front of one server: `127.0.0.1:3000 check`. */
export function haproxyTo(server: string) {
  return read(
    probes.haproxy,
    ...processesOf({}),
    'binary /usr/sbin/haproxy',
    'log /var/log/haproxy.log',
    part('version'),
    'HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/',
    part('found'),
    'config /etc/haproxy/haproxy.cfg',
    part('file', `${nowMs / 1000 - 86_400} whole /etc/haproxy/haproxy.cfg`),
    'defaults\n  mode http\nfrontend web\n  bind *:80\n  default_backend app',
    `backend app\n  server app1 ${server}`,
  )
}

/** Apache as Red Hat lays it out, with one file of configuration. */
export function apacheConfig(text: string, state: GatewayState = {}) {
  const mtime = nowMs / 1000 - (state.changedAgo ?? 86_400)
  return read(
    probes.apache,
    ...processesOf(state),
    'binary /usr/sbin/httpd',
    'config /etc/httpd/conf/httpd.conf',
    'root /etc/httpd',
    part('version'),
    'Server version: Apache/2.4.62 (Red Hat)',
    'Compiled in modules:\n  core.c\n  mod_so.c\n  http_core.c',
    ...unitOf('httpd.service', state),
    part('file', `${mtime} whole /etc/httpd/conf/httpd.conf`),
    text,
  )
}

/** Lines of another gateway's log, each without its time. */
export function gatewayErrors(kind: 'apache' | 'haproxy', lines: readonly string[], servers: readonly string[] = []) {
  const path = { apache: '/var/log/httpd/error_log', haproxy: '/var/log/haproxy.log' }[kind]
  const written = lines.map((line, index) => {
    const moment = momentOf(index, lines.length)
    if (kind === 'haproxy') return `${stampOf(moment)}+00:00 web1 haproxy[700]: ${line}`
    // sample: Sun, 01 Mar 2026 11:59:57 GMT
    const [, day, date, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(moment.toUTCString()) ?? []
    return `[${day} ${month} ${date} ${time}.000001 ${year}] [proxy:error] [pid 701:tid 1] ${line}`
  })
  return read(
    probes['gateway-errors'],
    clock,
    ...servers.map((server) => `server ${server}`),
    part('gateway', kind),
    part('log', `${nowMs / 1000} 900 ${path}`),
    ...written,
  )
}

/** What loads the modules that pass requests on. */
export const proxyModules =
  'LoadModule proxy_module modules/mod_proxy.so\nLoadModule proxy_http_module modules/mod_proxy_http.so\n'

/** A site of Apache that sends everything to a port of this host. */
export function virtualHost(port: number): string {
  return `Listen 80\n<VirtualHost *:80>\nServerName classrooom.test\nProxyPass / http://localhost:${port}/\n</VirtualHost>\n`
}

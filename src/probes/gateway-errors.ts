import { z } from 'zod'
import { knownValue } from '../fact.js'
import { joinScripts, type Script, sh } from '../shell.js'
import apache from './apache.js'
import caddy from './caddy.js'
import { defineProbe, type Section } from './define.js'
import type { GatewayFacts } from './gateway/facts.js'
import { logFactsSchema } from './gateway/log-facts.js'
import { type GatewayKind, gatewayNames, unitOf } from './gateway/names.js'
import { namesIn, surroundingsLibrary } from './gateway/surroundings.js'
import { readGatewayLogs } from './gateway-errors/read-logs.js'
import haproxy from './haproxy.js'
import host from './host.js'

/** Of each gateway that is there, but nginx, which has a probe of its own: the same facts. */
const gatewayErrorsFactsSchema = z.object({
  gateways: z.array(logFactsSchema.extend({ kind: z.enum(['apache', 'caddy', 'haproxy']) })),
})

export type GatewayErrorsFacts = z.infer<typeof gatewayErrorsFactsSchema>

const maxLogs = 20

/** Lines that may tell of a trouble; all others stay on the host, and so do the headers of requests. */
const patterns: Readonly<Record<GatewayKind, string>> = {
  // sample: [Tue Nov 24 10:26:59.278662 2026] [proxy:error] …, apachectl[7]: AH00526: Syntax error on line 7 of …, and the line after it
  apache: String.raw`^\[[A-Z][a-z]{2} .*\] \[(proxy[a-z0-9_]*|core|lbmethod[a-z_]*|mpm_[a-z]*|ssl):(warn|error|crit|alert|emerg)\] |AH00526: |AH00072: |^[0-9.]+ \S+ \S+\[[0-9]+\]: (Invalid command|[A-Za-z]+: file )`,
  caddy: String.raw`"level":"(error|fatal|panic)"|(ERROR|FATAL).*http\.|health_checker|Error: `,
  haproxy: String.raw` (SC|sC|SH|sH|SD|sD|PH)[A-Za-z-]{2} [0-9]+/[0-9]+/| is DOWN, | has no server available!|\[ALERT\]`,
}

const words = sh`
gateway_errors_filter() {
  grep -E "$gateway_errors_pattern" | grep -v '"logger":"http.log.access' |
    sed -E 's/"(headers|resp_headers)": ?\{[^{}]*\}/"\1":{}/g' | cut -c 1-2000 | tail -n 1000
}
gateway_errors_show() {
  if [ -f "$1" ]; then
    part log "$(stat -L -c '%Y %s' "$1")" "$1"
    if [ -r "$1" ]; then tail -c 262144 "$1" | gateway_errors_filter
    else cannot permission "the error log of $gateway_errors_title $1"
    fi
  elif [ -e "$1" ]; then cannot not-asked "the error log of $gateway_errors_title $1 (it is not a regular file)"
  elif [ -x "\${1%/*}" ] || [ ! -e "\${1%/*}" ]; then part absent "$1"
  else cannot permission "the error log of $gateway_errors_title $1"
  fi
}
gateway_errors_read() {
  gateway_errors_kind=$1 gateway_errors_title=$2 gateway_errors_unit=$3 gateway_errors_pattern=$4; shift 4
  part gateway "$gateway_errors_kind"
  for gateway_errors_log; do
    gateway_errors_show "$gateway_errors_log"
    # Right after a rotation, what led here is in the former file.
    [ -s "$gateway_errors_log" ] || [ ! -f "$gateway_errors_log.1" ] || gateway_errors_show "$gateway_errors_log.1"
  done
  has journalctl && [ -d /run/systemd/system ] || return 0
  gateway_errors_said=$(journalctl -u "$gateway_errors_unit" -n 1 --no-pager 2>&1)
  case $gateway_errors_said in
    *"insufficient permissions"*|*"not seeing messages"*) cannot permission "the journal of $gateway_errors_unit.service"; return ;;
  esac
  part journal "$gateway_errors_unit"
  journalctl -u "$gateway_errors_unit" -n 1000 --no-pager -q -o short-unix | gateway_errors_filter
}`

/** Programs, with their unit and their log as distributions have them: where nobody has read the configuration. */
const usual: readonly [program: string, kind: GatewayKind, unit: string, ...logs: string[]][] = [
  ['apache2', 'apache', 'apache2', '/var/log/apache2/error.log'],
  ['httpd', 'apache', 'httpd', '/var/log/httpd/error_log'],
  ['caddy', 'caddy', 'caddy'],
  ['haproxy', 'haproxy', 'haproxy', '/var/log/haproxy.log'],
]

/** The last lines of the error logs and journals of Apache, Caddy and HAProxy, put into the kinds that nginx's are. */
export default defineProbe({
  name: 'gateway-errors',
  title: 'the error logs of Apache, Caddy and HAProxy',
  needs: { apache, caddy, haproxy, host },
  elevated: true,
  limits: { bytes: 1024 * 1024 },
  library: joinScripts([surroundingsLibrary, words]),
  script: ({ apache, caddy, haproxy }) => {
    const reads = [
      ...plan('apache', knownValue(apache)),
      ...plan('caddy', knownValue(caddy)),
      ...plan('haproxy', knownValue(haproxy)),
    ]
    if (reads.length === 0) return undefined
    const servers = (knownValue(haproxy)?.upstreams ?? []).flatMap(nameServers).slice(0, maxServers)
    const known = servers.length === 0 ? [] : [sh`printf 'server %s\n' ${servers}`]
    return joinScripts([sh`date '+now %s %z'`, sh`gateway_selinux`, ...known, ...reads])
  },
  alone: joinScripts([
    sh`date '+now %s %z'`,
    sh`gateway_selinux`,
    ...usual.map(
      ([program, kind, unit, ...logs]) =>
        sh`has ${program} && gateway_errors_read ${[kind, gatewayNames[kind], unit, patterns[kind], ...logs]}`,
    ),
  ]),
  facts: gatewayErrorsFactsSchema,
  parse: (section: Section) => ({ gateways: readGatewayLogs(section) }),
})

function plan(kind: GatewayKind, facts: GatewayFacts | undefined): Script[] {
  if (!facts?.installed) return []
  const logs = facts.errorLogs.slice(0, maxLogs)
  const names = namesIn(facts)
  const resolve = names.length === 0 ? [] : [sh`gateway_resolve ${names}`]
  return [
    sh`gateway_errors_read ${[kind, gatewayNames[kind], unitOf(kind, facts), patterns[kind], ...logs]}`,
    ...resolve,
  ]
}

const maxServers = 500

/** HAProxy logs names of servers only, so the addresses travel with the lines. */
function nameServers({ name, servers }: GatewayFacts['upstreams'][number]): string[] {
  return servers.map(({ name: server = '', target: { scheme, host, port, unixPath } }) => {
    const address = unixPath === null ? `${host}:${port}` : `unix:${unixPath}`
    return `${name}/${server} ${scheme}://${address}`
  })
}

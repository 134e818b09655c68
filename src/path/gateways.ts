import { type Fact, knownValue } from '../fact.js'
import { t } from '../language/language.js'
import type { GatewayFacts } from '../probes/gateway/facts.js'
import type { LogFacts } from '../probes/gateway/log-facts.js'
import { type GatewayKind, gatewayNames, unitOf } from '../probes/gateway/names.js'
import type { GatewayErrorsFacts } from '../probes/gateway-errors.js'
import type { Facts } from '../probes/index.js'
import { type Script, sh } from '../shell.js'

/** A gateway that is installed on a host, whichever it is. */
export interface Gateway {
  kind: 'nginx' | GatewayKind
  /** What a person calls it: `nginx`, `Apache`, `Caddy`, `HAProxy`. */
  name: string
  /** Its unit of systemd: `nginx`, `apache2`, `httpd`, `caddy`, `haproxy`. */
  unit: string
  words: Words
  facts: GatewayFacts
  /** What its logs say, by kind; undefined where they could not be seen. `files` are the logs that were read. */
  errors: LogFacts | undefined
  /** Tests the configuration; changes nothing but, with some versions, a log or pid file. Wants root. */
  test: Script
  /** Makes the running gateway take its configuration over, without dropping a connection. Wants root. */
  reload: Script
}

/** How its configuration says it. */
interface Words {
  /** What dials. */
  dial: string
  /** More time for an answer. */
  readTimeout: string
  /** More room for the header of a response. */
  largeHeader: string
}

/** Of the manuals: nginx ngx_http_proxy_module, Apache mod_proxy, Caddy's reverse_proxy, HAProxy's configuration manual. */
function wordsOf(kind: Gateway['kind']): Words {
  const words: Readonly<Record<Gateway['kind'], Words>> = {
    nginx: {
      dial: 'proxy_pass',
      readTimeout: 'proxy_read_timeout 120s;',
      largeHeader: 'proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;',
    },
    apache: {
      dial: 'ProxyPass',
      readTimeout: 'ProxyTimeout 120',
      largeHeader: t`responsefieldsize=32768, after the address in ProxyPass`,
    },
    caddy: {
      dial: 'reverse_proxy',
      readTimeout: 'transport http { response_header_timeout 120s }',
      largeHeader: 'transport http { max_response_header 32KiB }',
    },
    haproxy: { dial: 'server', readTimeout: 'timeout server 120s', largeHeader: t`tune.bufsize 32768, in global` },
  }
  return words[kind]
}

/** Every gateway of a host: those that run first. One that could not be looked for is left out; its fact says why. */
export function gatewaysOf(facts: Facts): Gateway[] {
  return [nginx(facts), other('apache', facts), other('caddy', facts), other('haproxy', facts)]
    .filter((gateway) => gateway !== undefined)
    .toSorted((a, b) => Number(b.facts.running) - Number(a.facts.running))
}

function nginx(facts: Facts): Gateway | undefined {
  const value = installed(facts.nginx)
  if (!value) return undefined
  const errors = knownValue(facts['nginx-errors'])
  return {
    kind: 'nginx',
    name: 'nginx',
    unit: 'nginx',
    words: wordsOf('nginx'),
    facts: value,
    errors,
    test: sh`nginx -t`,
    reload: reloadUnit('nginx'),
  }
}

function other(kind: GatewayKind, facts: Facts): Gateway | undefined {
  const value = installed(facts[kind])
  if (!value) return undefined
  const unit = unitOf(kind, value)
  const errors = errorsOf(kind, facts['gateway-errors'])
  return {
    kind,
    name: gatewayNames[kind],
    unit,
    words: wordsOf(kind),
    facts: value,
    errors,
    test: testOf(kind, value),
    reload: reloadUnit(unit),
  }
}

function installed<F extends GatewayFacts>(fact: Fact<F>): F | undefined {
  const value = knownValue(fact)
  return value?.installed ? value : undefined
}

function errorsOf(kind: GatewayKind, fact: Fact<GatewayErrorsFacts>): LogFacts | undefined {
  return knownValue(fact)?.gateways.find((gateway) => gateway.kind === kind)
}

function testOf(kind: GatewayKind, { configFile, files }: GatewayFacts): Script {
  if (kind === 'apache') return sh`apachectl configtest`
  if (kind === 'caddy') return sh`caddy validate --config ${configFile ?? '/etc/caddy/Caddyfile'}`
  const all = files.length > 0 ? files.map(({ path }) => path) : ['/etc/haproxy/haproxy.cfg']
  return sh`haproxy -c ${all.flatMap((path) => ['-f', path])}`
}

function reloadUnit(unit: string): Script {
  return sh`systemctl reload ${unit}`
}

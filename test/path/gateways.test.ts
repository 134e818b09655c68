import { describe, expect, it } from 'vitest'
import { gatewaysOf } from '../../src/path/gateways.js'
import type { Facts } from '../../src/probes/index.js'
import { known, makeFacts, nginx, unseen } from '../support/facts.js'

/** A gateway of Debian, running, that serves nothing. */
function gateway(name: string, overrides: Partial<Extract<Facts['apache'], { known: true }>['value']> = {}) {
  const { notEnabled: _, ...facts } = nginx([]).value
  return known({ ...facts, binary: `/usr/sbin/${name}`, configFile: `/etc/${name}/${name}.conf`, ...overrides })
}

const noErrors = { files: [], kinds: [], emergencies: [] }

/** What a person would type. */
function commandsOf(facts: Partial<Facts>): Record<string, string> {
  return Object.fromEntries(
    gatewaysOf(makeFacts(facts)).map(({ name, test, reload }) => [name, `${test.text} && ${reload.text}`]),
  )
}

describe('gatewaysOf', () => {
  it('gives each with its name, its unit and its commands', () => {
    const commands = commandsOf({
      nginx: nginx([]),
      apache: gateway('apache2'),
      caddy: gateway('caddy', { configFile: '/etc/caddy/Caddyfile' }),
      haproxy: gateway('haproxy', {
        files: ['/etc/haproxy/haproxy.cfg', '/etc/haproxy/conf.d/a b.cfg'].map((path) => ({ path, modifiedMs: null })),
      }),
    })
    expect(commands).toEqual({
      nginx: 'nginx -t && systemctl reload nginx',
      Apache: 'apachectl configtest && systemctl reload apache2',
      Caddy: 'caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy',
      HAProxy: "haproxy -c -f /etc/haproxy/haproxy.cfg -f '/etc/haproxy/conf.d/a b.cfg' && systemctl reload haproxy",
    })
  })

  it("goes by the unit that was seen, and by Red Hat's name of Apache", () => {
    const unitOf = (facts: Partial<Facts>) => gatewaysOf(makeFacts(facts)).find(({ kind }) => kind === 'apache')?.unit
    expect(unitOf({ apache: gateway('httpd') })).toBe('httpd')
    expect(unitOf({ apache: gateway('apache2', { unitName: 'apache2@blog.service' }) })).toBe('apache2@blog')
  })

  it('gives those that run first, and none that is not installed or could not be seen', () => {
    const facts = makeFacts({
      nginx: nginx([], { running: false }),
      apache: unseen(),
      caddy: gateway('caddy'),
      haproxy: gateway('haproxy', { installed: false, running: false }),
    })
    expect(gatewaysOf(facts).map(({ kind }) => kind)).toEqual(['caddy', 'nginx'])
  })

  it('joins each with what its own logs say', () => {
    const facts = makeFacts({
      nginx: nginx([]),
      caddy: gateway('caddy'),
      haproxy: gateway('haproxy'),
      'gateway-errors': known({ gateways: [{ kind: 'caddy', ...noErrors }] }),
    })
    const errors = Object.fromEntries(gatewaysOf(facts).map(({ kind, errors }) => [kind, errors !== undefined]))
    expect(errors).toEqual({ nginx: true, caddy: true, haproxy: false })
  })
})

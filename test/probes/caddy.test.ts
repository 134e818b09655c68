import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import caddy from '../../src/probes/caddy.js'
import { collectHere } from '../support/collect-here.js'
import { shellBeside, type Written, writeFiles } from '../support/gateways.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const caddyfile = `{
	http_port 80
	local_certs
	skip_install_trust
	log {
		output file /var/log/caddy/caddy.log
	}
}
(app) {
	reverse_proxy 127.0.0.1:{args.0} {
		header_up X-Api-Key verysecretvalue
		header_up X-Real-IP {remote_host}
		transport http {
			dial_timeout 2s
			response_header_timeout 1m30s
		}
	}
}
shop.example, www.shop.example {
	import app 3000
	handle_path /api/* {
		reverse_proxy localhost:4000 localhost:4001 {
			health_uri /health
		}
	}
	redir /old /new permanent
}
import sites/*.caddy
`
const lines = [
  'sysctl -qw net.ipv4.ip_unprivileged_port_start=0; mount -t tmpfs tmpfs /var/lib/caddy; chown caddy:caddy /var/lib/caddy; mkdir /var/log/caddy; chown caddy /var/log/caddy',
  'setpriv --reuid=caddy --regid=caddy --clear-groups env HOME=/var/lib/caddy caddy run --config /etc/caddy/Caddyfile >/dev/null 2>&1 </dev/null &',
  'until [ -s /var/lib/caddy/.config/caddy/autosave.json ] || ! kill -0 $!; do :; done',
]
/** Its own way to write the configuration that it runs. */
const resumed = lines[1]?.replace('--config /etc/caddy/Caddyfile', '--resume') ?? ''

describe('caddy', () => {
  let written: Written
  beforeAll(() => {
    written = writeFiles({
      Caddyfile: caddyfile,
      'sites/b.caddy': ':8080 {\n\treverse_proxy unix//run/app.sock\n}\n',
      'sites/a.caddy': 'http://plain.example {\n\trespond "gone" 503\n}\n',
    })
  })
  afterAll(() => written.remove())

  it.each(['dash', 'bash', 'busybox sh'])('is seen running, with its configuration, by %s', async (shell) => {
    const { facts, output } = await collectHere(['caddy'], { shell: shellBeside(written, '/etc/caddy', lines, shell) })
    const seen = knownValue(facts.caddy)
    expect(facts.caddy).toMatchObject({ known: true, blind: [] })
    expect(output).not.toContain('verysecretvalue')
    expect(seen).toMatchObject({
      running: true,
      version: expect.stringMatching(/^2\.\d+\.\d+/),
      binary: '/usr/bin/caddy',
      user: 'caddy',
      configFile: '/etc/caddy/Caddyfile',
      mistakes: [],
      errorLogs: ['/var/log/caddy/caddy.log'],
      upstreams: [{ name: 'localhost:4000 localhost:4001', healthCheck: { path: '/health' } }],
    })
    expect(seen?.files.map(({ path }) => path)).toEqual([
      '/etc/caddy/Caddyfile',
      '/etc/caddy/sites/a.caddy',
      '/etc/caddy/sites/b.caddy',
    ])
    expect(seen?.workersStartedMs).toBeGreaterThanOrEqual(seen?.startedMs ?? Number.NaN)
    expect(seen?.sites).toMatchObject([
      {
        names: ['shop.example', 'www.shop.example'],
        listens: [
          { address: '0.0.0.0', port: 443, isTls: true },
          { address: '::', port: 443, isTls: true },
        ],
        locations: [
          { pattern: '= /old', returnStatus: 301 },
          { pattern: '/api/', proxyPass: { upstream: 'localhost:4000 localhost:4001', target: { scheme: 'http' } } },
          {
            pattern: '/',
            place: { file: '/etc/caddy/Caddyfile', line: 10 },
            proxyPass: { upstream: null, target: { text: '127.0.0.1:3000', host: '127.0.0.1', port: 3000 } },
            headers: { host: 'reverse_proxy', 'x-api-key': '***', 'x-real-ip': '{remote_host}' },
            readTimeoutSeconds: 90,
            connectTimeoutSeconds: 2,
          },
        ],
      },
      {
        names: ['plain.example'],
        listens: [{ port: 80, isTls: false }, { port: 80 }],
        locations: [{ returnStatus: 503 }],
      },
      {
        names: [''],
        listens: [{ port: 8080 }, { port: 8080 }],
        locations: [{ proxyPass: { target: { unixPath: '/run/app.sock' } } }],
      },
      {
        names: ['shop.example', 'www.shop.example'],
        listens: [{ port: 80 }, { port: 80 }],
        redirects: '308 https://{host}{uri}',
      },
    ])
  })

  it('reads what Caddy keeps itself where it is told to go on with that', async () => {
    const before = [...lines, 'kill $!; wait $!', resumed, 'until grep -q caddy /proc/$!/comm; do :; done']
    const { facts, output } = await collectHere(['caddy'], {
      shell: shellBeside(written, '/etc/caddy', before, 'dash'),
    })
    expect(output).not.toContain('verysecretvalue')
    const seen = knownValue(facts.caddy)
    expect(facts.caddy).toMatchObject({ known: true, blind: [] })
    expect(seen?.configFile).toBe('/var/lib/caddy/.config/caddy/autosave.json')
    expect(seen?.sites.map(({ names, listens }) => `${names} ${listens[0]?.port}`).sort()).toEqual([
      ' 8080',
      'plain.example 80',
      'shop.example,www.shop.example 443',
      'shop.example,www.shop.example 80',
    ])
  })

  it('reads Debian 12, and the same as JSON', () => {
    for (const capture of ['debian-12', 'debian-12--json']) {
      const facts = caddy.parse(readSection(caddy, capture))
      expect(facts).toMatchObject({ running: true, version: '2.6.2', mistakes: [] })
      const site = facts.sites.find(({ names, listens }) => names[0] === 'shop.example' && listens[0]?.isTls)
      expect(site?.locations.at(-1)).toMatchObject({
        pattern: '/',
        proxyPass: { target: { host: '127.0.0.1', port: 3000 } },
      })
    }
  })

  it('reads what of a cut-off file has come, and calls nothing in it a mistake', () => {
    const text =
      '\nbinary /usr/bin/caddy\nconfig /Caddyfile\n\n@fleetdx part file 1 whole /Caddyfile\n:80 {\n\treverse_proxy localhost:3000\n'
    expect(caddy.parse(cutSection(caddy, text))).toMatchObject({
      mistakes: [],
      sites: [{ locations: [{ proxyPass: { target: { port: 3000 } } }] }],
    })
    expect(caddy.parse(frameSection(caddy, text)).mistakes).toEqual([
      {
        place: { file: '/Caddyfile', line: 2 },
        message: "Syntax error: Unexpected token 'localhost:3000', expecting '}'",
      },
    ])
  })

  it('refuses JSON that is no configuration', () => {
    const text = '\nbinary /usr/bin/caddy\nconfig /c.json\n\n@fleetdx part file 1 whole /c.json\n{"apps": 3}\n'
    expect(() => caddy.parse(frameSection(caddy, text))).toThrow('/c.json is not a configuration of Caddy')
  })

  it('knows nothing of a host without Caddy', () => {
    expect(caddy.parse(frameSection(caddy, 'ticks 100 1790000000\nbinary \n'))).toMatchObject({
      installed: false,
      running: false,
      sites: [],
    })
  })
})

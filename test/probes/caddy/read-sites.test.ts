import { describe, expect, it } from 'vitest'
import { buildSites } from '../../../src/probes/caddy/build-sites.js'
import { parseCaddyfile } from '../../../src/probes/caddy/parse.js'
import { readJsonConfig } from '../../../src/probes/caddy/read-json-config.js'
import { readDefaults, readSites } from '../../../src/probes/caddy/read-sites.js'
import type { Site } from '../../../src/probes/gateway/facts.js'
import { ask, writeFiles } from '../../support/gateways.js'

function read(text: string) {
  const path = '/Caddyfile'
  const caddyfile = parseCaddyfile(path, new Map([[path, { path, text, isCut: false, modifiedMs: null }]]), new Set())
  const known = readDefaults(caddyfile)
  return { ...buildSites(readSites(caddyfile, known), known), mistakes: caddyfile.mistakes }
}

/** What Caddy itself makes of a Caddyfile: its JSON, read, or what it says is wrong. */
function adapt(text: string) {
  const written = writeFiles({ Caddyfile: text })
  const said = ask('/usr/bin/caddy', ['adapt', '--config', 'Caddyfile'], written)
  written.remove()
  const json = said.split('\n').find((line) => line.startsWith('{"') && !line.startsWith('{"level"'))
  return { error: /^Error: (?:adapting config using caddyfile: )?(.*)$/m.exec(said)?.[1] ?? null, json: json ?? '{}' }
}

/** Sites in one order, without what only one of the two can know: lines, and how something was written. */
function normalize(sites: readonly Site[]) {
  const rows = sites.map(({ names, listens, locations, redirects }) => ({
    names: names.toSorted(),
    listens: listens.map(({ address, port, isTls }) => `${address} ${port} ${isTls}`).sort(),
    redirects:
      redirects?.replace(/\{http\.request\.(?:host|uri)\}/g, (all) => all.replace('http.request.', '')) ?? null,
    locations: locations.map(({ place: _, proxyPass, ...rest }) => ({
      ...rest,
      pattern: rest.pattern.replace(/^@.*/, '@'),
      headers: Object.keys(rest.headers).sort(),
      to: proxyPass && { ...proxyPass.target, text: '', hasUpstream: proxyPass.upstream !== null },
    })),
  }))
  return rows.toSorted((a, b) => (JSON.stringify([a.listens, a.names]) < JSON.stringify([b.listens, b.names]) ? -1 : 1))
}

const good: Record<string, string> = {
  'one site without braces': 'localhost\nreverse_proxy 127.0.0.1:3000\n',
  'a default port by scheme':
    'http://a.example {\n\treverse_proxy :3000\n}\nhttps://b.example {\n\treverse_proxy https://up.example\n}\n',
  'names with ports':
    'a.example:8443, b.example:8443 {\n\treverse_proxy localhost:3000\n}\n:8080 {\n\treverse_proxy localhost:3001\n}\n',
  'addresses over lines': 'a.example,\nb.example {\n\treverse_proxy localhost:3000\n}\n',
  'global ports':
    '{\n\thttp_port 8080\n\thttps_port 8443\n}\na.example {\n\trespond ok\n}\n:8080 {\n\trespond plain\n}\n',
  'no automatic redirects': '{\n\tauto_https disable_redirects\n}\na.example {\n\treverse_proxy localhost:1\n}\n',
  'handles in whatever order':
    ':80 {\n\thandle {\n\t\treverse_proxy localhost:1\n\t}\n\thandle /api/* {\n\t\treverse_proxy localhost:2\n\t}\n\thandle /api/v2/* {\n\t\treverse_proxy localhost:3\n\t}\n}\n',
  'matchers by path':
    ':80 {\n\t@php path *.php /index*\n\treverse_proxy @php localhost:1\n\treverse_proxy /exact localhost:2\n\treverse_proxy /pre* localhost:3\n\treverse_proxy localhost:4\n}\n',
  'matchers by host':
    '*.example.com {\n\t@a host a.example.com\n\thandle @a {\n\t\treverse_proxy localhost:1\n\t}\n\t@b host b.example.com c.example.com\n\thandle @b {\n\t\treverse_proxy localhost:2\n\t}\n\thandle {\n\t\trespond "none" 404\n\t}\n}\n',
  'matchers by other things':
    ':80 {\n\t@post method POST\n\treverse_proxy @post localhost:1\n\t@ws {\n\t\theader Connection *Upgrade*\n\t\theader Upgrade websocket\n\t}\n\treverse_proxy @ws localhost:2\n\treverse_proxy localhost:3\n}\n',
  'snippets with arguments':
    '(app) {\n\treverse_proxy 127.0.0.1:{args.0} {\n\t\theader_up -X-Forwarded-For\n\t\theader_up X-A b\n\t}\n}\na.example {\n\timport app 3000\n}\nb.example {\n\timport app 3001\n}\n',
  'a route in its own order':
    ':80 {\n\troute /r/* {\n\t\treverse_proxy /r/a/* localhost:2\n\t\treverse_proxy localhost:1\n\t}\n\treverse_proxy localhost:3\n}\n',
  handle_path:
    ':80 {\n\thandle_path /static/* {\n\t\troot * /srv\n\t\tfile_server\n\t}\n\treverse_proxy localhost:3\n}\n',
  'a redirect of all':
    'www.example.com {\n\tredir https://example.com{uri} permanent\n}\nexample.com {\n\treverse_proxy localhost:1\n}\n',
  'pools, sockets and timeouts':
    ':80 {\n\treverse_proxy /s unix//run/a.sock\n\treverse_proxy {\n\t\tto 10.0.0.1:80 10.0.0.2:80\n\t\thealth_uri /up\n\t\ttransport http {\n\t\t\tdial_timeout 3s\n\t\t\tresponse_header_timeout 1m30s\n\t\t}\n\t}\n}\n',
  'TLS to the app':
    ':80 {\n\treverse_proxy 10.0.0.5:8443 {\n\t\ttransport http {\n\t\t\ttls_insecure_skip_verify\n\t\t}\n\t}\n}\n',
  'bound addresses': ':9000 {\n\tbind 127.0.0.1\n\treverse_proxy localhost:1\n}\n',
  'comments, quotes and joined lines':
    '# a\n:80 { # b\n\treverse_proxy "localhost:1" \\\n\t\t`localhost:2` # c\n\trespond /x "a # b {" 503\n}\n',
  'PHP beside an app': ':80 {\n\tphp_fastcgi unix//run/php.sock\n}\n:81 {\n\treverse_proxy localhost:1\n}\n',
}

describe('what a Caddyfile serves', () => {
  it.each(Object.entries(good))('is what Caddy makes of it: %s', (_, text) => {
    const { error, json } = adapt(text)
    expect(error).toBeNull()
    const { served, known } = readJsonConfig(json, '/Caddyfile')
    const ours = read(text)
    expect(ours.mistakes).toEqual([])
    expect(normalize(ours.sites).filter(({ locations }) => !isPhp(locations))).toEqual(
      normalize(buildSites(served, known).sites).filter(({ locations }) => !isPhp(locations)),
    )
  })

  const bad: Record<string, string> = {
    'an open block': ':80 {\n\treverse_proxy localhost:1\n',
    'an open quote': ':80 {\n\treverse_proxy "localhost:1\n}\n',
    'two braces in one word': ':80 {\n\treverse_proxy localhost:1\n}}',
    'a brace without its space': ':80{\n\treverse_proxy localhost:1\n}\n',
  }
  it.each(Object.entries(bad))('is refused as Caddy refuses it: %s', (_, text) => {
    const [first] = read(text).mistakes
    // What follows an open quote is told with its line ends.
    const message = first?.message.split('\n')[0]
    expect(adapt(text).error).toBe(`Caddyfile:${first?.place.line} - ${message}`)
  })

  it('is refused for an import that is not there', () => {
    const text = 'import gone.caddy\n:80 {\n\trespond ok\n}\n'
    const path = '/etc/caddy/Caddyfile'
    const file = { path, text, isCut: false, modifiedMs: null }
    const { mistakes } = parseCaddyfile(path, new Map([[path, file]]), new Set(['/etc/caddy/gone.caddy']))
    expect(mistakes).toEqual([
      { place: { file: path, line: 1 }, message: 'Error during parsing: File to import not found: gone.caddy' },
    ])
    expect(adapt(text).error).toBe(`Caddyfile:1 - ${mistakes[0]?.message}`)
  })

  it('ends where imports go round in circles', () => {
    const sites = read('(a) {\n\timport b\n}\n(b) {\n\timport a\n\trespond ok\n}\n:80 {\n\timport a\n}\n').sites
    expect(sites).toHaveLength(1)
    const doubling = Array.from(
      { length: 20 },
      (_, at) => `(s${at + 1}) {\n\timport s${at}\n\timport s${at}\n}\n`,
    ).join('')
    expect(() => read(`(s0) {\n\trespond ok\n}\n${doubling}:80 {\n\timport s19\n}\n`)).toThrow(
      'a Caddyfile that imports too much',
    )
  })
})

/** `php_fastcgi` stands for a dozen directives, of which only the one that hands on is told. */
function isPhp(locations: { to: { scheme: string } | null }[]): boolean {
  return locations.some(({ to }) => to?.scheme === 'fastcgi')
}

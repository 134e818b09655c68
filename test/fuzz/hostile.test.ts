import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import { toRegex } from '../../src/path/choose-site.js'
import type { AnyProbe, Part } from '../../src/probes/define.js'
import { probes } from '../../src/probes/index.js'
import { toSection } from '../support/read-section.js'
import { capturesOf } from './captures.js'
import { finish, repeat } from './run.js'

/** Reads a real capture whose part of this kind (or, without one, all of it) has been given another text. */
function read<P extends AnyProbe>(probe: P, kind: string, text: string, label?: string): ReturnType<P['parse']> {
  const [capture = ''] = capturesOf(probe)
  const section = toSection(probe, capture)
  const model = section.parts.find((part) => part.kind === kind) ?? { kind, label: '' }
  const part: Part = { ...model, ...(label !== undefined && { label }), text }
  return finish(() => probe.parse({ ...section, parts: [...section.parts.filter((each) => each.kind !== kind), part] }))
}

const nginxFile = '1795122114 whole /etc/nginx/nginx.conf'
const readConfig = (text: string) => read(probes.nginx, 'file', text, nginxFile)
const headers = Array.from({ length: 2000 }, (_, at) => `proxy_set_header h${at} b;`).join('')
const site = (text: string) => `events {} http { server { ${text} } }`

describe('nginx configurations that were made to break a reader', () => {
  test.each([
    ['blocks in blocks', 'a {'.repeat(100_000), 'blocks are nested too deep: /etc/nginx/nginx.conf'],
    [
      'every port, many times',
      site('listen 1-65535;'.repeat(100)),
      'nginx listens on more ports than can be told: 100100',
    ],
    [
      'headers that thousands of locations inherit',
      site(headers + 'location /a {}'.repeat(5000)),
      'more than can be told',
    ],
  ])('%s', (_, text, message) => {
    expect(() => readConfig(text)).toThrow(message)
  })

  test('a variable that names itself a thousand times stays what it is', () => {
    const itself = '$a'.repeat(1000)
    const { sites } = readConfig(site(`set $a "${itself}"; location / { proxy_pass http://$a; }`))
    expect(sites[0]?.locations[0]?.proxyPass?.target).toMatchObject({ text: 'http://$a', host: null })
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a directive %s hands nothing on', (name) => {
    const { sites } = readConfig(site(`location / { ${name} http://127.0.0.1:3000; }`))
    expect(sites[0]?.locations[0]?.proxyPass).toBeNull()
  })

  test.each(['[z-a]*', '*'.repeat(1000), `${'*a'.repeat(15)}b`, '[', '[]', '[^', '\\', '(a+)+'])(
    'an include of %s',
    (pattern) => {
      const label = `1795122114 whole /etc/nginx/${'a'.repeat(200)}`
      const [capture = ''] = capturesOf(probes.nginx)
      const section = toSection(probes.nginx, capture)
      const config: Part = { kind: 'file', label: nginxFile, text: `include ${pattern};` }
      const parts = [...section.parts.filter(({ kind }) => kind !== 'file'), config, { kind: 'file', label, text: '' }]
      expect(finish(() => probes.nginx.parse({ ...section, parts })).files).toHaveLength(2)
    },
  )

  test.each(['^(a+)+$', '^(a|a)*b$', '(a*){9}'])('a name or location of the expression %s is not tried', (source) => {
    expect(toRegex(source, '')).toBeUndefined()
  })

  test('more directives in an included file than a call takes arguments', () => {
    const [capture = ''] = capturesOf(probes.nginx)
    const section = toSection(probes.nginx, capture)
    const main: Part = { kind: 'file', label: nginxFile, text: 'events {} include /etc/nginx/more.conf;' }
    const more: Part = {
      kind: 'file',
      label: '1795122114 whole /etc/nginx/more.conf',
      text: 'env A;\n'.repeat(150_000),
    }
    const parts = [...section.parts.filter(({ kind }) => kind !== 'file'), main, more]
    expect(finish(() => probes.nginx.parse({ ...section, parts })).mistakes).toEqual([])
  })

  test('a mistyped directive of thousands of letters, thousands of times', () => {
    expect(finish(() => readConfig(`${'a'.repeat(3000)} b;`.repeat(300))).sites).toEqual([])
  })

  test('Lua strings that never end', () => {
    expect(readConfig(`http { init_by_lua_block { ${repeat('"\\', 200_000)}`).sites).toEqual([])
  })
})

describe('firewall rules that were made to break a reader', () => {
  /** Chains that jump to the next one twice each: as many ways as 2 to the power of their number. */
  const doubled = Array.from({ length: 40 }, (_, at) => `-A c${at} -j c${at + 1}\n-A c${at} -j c${at + 1}\n`).join('')

  test('chains that double with every jump', () => {
    const text = `:INPUT DROP [0:0]\n-A INPUT -j c0\n${doubled}-A c40 -p tcp -j ACCEPT\n`
    expect(() => read(probes.firewall, 'iptables', text)).toThrow(ParseError)
  })

  test('chains that jump back', () => {
    const text = ':INPUT DROP [0:0]\n-A INPUT -j a\n-A a -j b\n-A b -j a\n'
    expect(read(probes.firewall, 'iptables', text).firewalls.at(-1)).toMatchObject({ inputPolicy: 'drop', rules: [] })
  })

  test.each([
    ['sets times sets', `ip saddr { ${'10.0.0.1, '.repeat(900)} } iifname { ${'"eth0", '.repeat(900)} } accept`],
    ['a set without its end', repeat('ct state { new, ', 100_000)],
    ['words', repeat('a ', 100_000)],
  ])('%s in a rule of nftables', (_, rule) => {
    const text = `table inet filter {\nchain input {\ntype filter hook input priority 0; policy drop;\n${rule}\n}\n}\n`
    expect(() => read(probes.firewall, 'nftables', text)).toThrow(ParseError)
  })

  test('a zone of firewalld with thousands of sources and thousands of ports', () => {
    const sources = Array.from({ length: 3000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`).join(' ')
    const ports = Array.from({ length: 3000 }, (_, at) => `${at + 1}/tcp`).join(' ')
    const text = `default public\npublic (default, active)\n  sources: ${sources}\n  ports: ${ports}\n`
    const readZone = () => read(probes.firewall, 'firewalld', text)
    expect(readZone).toThrow('more rules in the zone public than can be told')
  })
})

describe('logs and lists that were made to break a reader', () => {
  test.each([
    ['out of memory: kill process 1 (', 'kernel'],
    ['IN=eth0 OUT= SRC=1.2.3.4 PROTO=TCP ', 'firewall'],
    ['2026-11-24T04:17:01+00:00 ', 'time stamps'],
  ])('one line of the kernel that says %j over and over', (piece) => {
    expect(read(probes['kernel-log'], 'log', repeat(piece, 250_000)).oomKills.length).toBeLessThan(2)
  })

  test('one line of nginx that names place after place', () => {
    const head = '2026/11/24 08:14:02 [emerg] 812#812: '
    const { emergencies } = read(probes['nginx-errors'], 'log', head + repeat('a in /a:1 ', 500_000))
    expect(emergencies.length).toBe(1)
  })

  test.each(['%', '[', ':1', '::', ']%'])('an address of a socket that is all %j', (piece) => {
    const text = `LISTEN 0 511 ${repeat(piece, 200_000)}:80 0.0.0.0:*\n`
    expect(() => read(probes.listeners, 'ss', text)).toThrow(ParseError)
  })

  test('a column of df that is all spaces', () => {
    const folder = { kind: 'folder', label: '/', text: `a${' '.repeat(200_000)}b` }
    const [capture = ''] = capturesOf(probes.disks)
    const section = { ...toSection(probes.disks, capture), parts: [folder] }
    expect(() => finish(() => probes.disks.parse(section))).toThrow(ParseError)
  })

  test.each([
    [
      'objects that hide what every object can',
      '{"id":0,"name":{"toString":1},"args":[{"toString":1},{"__proto__":{"a":1}}]}',
    ],
    ['lists in lists', `{"id":0,"args":${'['.repeat(500)}${']'.repeat(500)}}`],
  ])('an app of pm2 made of %s', (_, line) => {
    const { daemons } = read(probes.pm2, 'apps', line)
    expect(daemons.at(-1)?.apps?.[0]).toMatchObject({ name: '', args: [] })
  })

  test('an app of pm2 that is nested deeper than JSON is read', () => {
    const line = `{"id":0,"args":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(() => read(probes.pm2, 'apps', line)).toThrow(ParseError)
  })

  test('a number that is none in this world', () => {
    expect(() => read(probes.disks, 'folder', `/dev/sda1 ${'9'.repeat(400)} 1 1 1% /`)).toThrow(ParseError)
  })
})

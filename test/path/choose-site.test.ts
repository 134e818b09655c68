import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseLocation } from '../../src/path/choose-location.js'
import { chooseSite, type Site } from '../../src/path/choose-site.js'
import { interpretConfig } from '../../src/probes/nginx/interpret.js'
import { parseConfig } from '../../src/probes/nginx/parse.js'
import { findFreePort, findNginx, type RunningNginx, startNginx, writeConfig } from '../support/nginx.js'

/** Every server and location of these answers with the number of its line, so that nginx tells which one it took. */
const sites = (port: number, other: number) => `events {}
http {
  server { listen ${port}; server_name first.test; return 200 "3"; }
  server { listen ${port}; server_name app.test WWW.App.Test; return 200 "4"; }
  server { listen ${port}; server_name *.app.test; return 200 "5"; }
  server { listen ${port}; server_name *.test; return 200 "6"; }
  server { listen ${port}; server_name .dot.test; return 200 "7"; }
  server { listen ${port}; server_name mail.*; return 200 "8"; }
  server { listen ${port}; server_name mail.app.*; return 200 "9"; }
  server { listen ${port}; server_name ~^www\\d+\\.; return 200 "10"; }
  server { listen ${port}; server_name ~^(?P<sub>.+)\\.example$; return 200 "11"; }
  server { listen ${port} default_server; server_name _; return 200 "12"; }
  server { listen ${port}; server_name app.test; return 200 "13"; }
  server { listen ${port}; return 200 "14"; }
  server { listen 127.0.0.2:${port}; server_name only.test; return 200 "15"; }
  server { listen 127.0.0.2:${port}; server_name app.test; return 200 "16"; }
  server { listen ${other}; server_name late.test; return 200 "17"; }
  server { listen ${other}; return 200 "18"; }
  server { listen [::1]:${other}; server_name six.test; return 200 "19"; }
}
`
const labels = ['app', 'www', 'www7', 'mail', 'dot', 'first', 'only', 'late', 'six', 'x']
const tails = ['', '.test', '.app.test', '.dot.test', '.example', '.TEST', '.test.', '.test:80', '.com', '.app.com']
const hosts = [
  ...labels.flatMap((label) => tails.map((tail) => label + tail)),
  '127.0.0.1',
  '_',
  'a.b.app.test',
  'test',
]

const locations = (port: number) => `events {}
http {
  server {
    listen ${port};
    location / { return 200 "5"; }
    location = / { return 200 "6"; }
    location /api { return 200 "7"; }
    location /api/ { return 200 "8"; }
    location ^~ /static/ { return 200 "9"; }
    location =/health { return 200 "10"; }
    location ~ \\.php$ { return 200 "11"; }
    location ~* \\.(?:png|css)$ { return 200 "12"; }
    location ~ ^/api/v\\d { return 200 "13"; }
    location /app {
      location /app/deep { return 200 "15"; }
      location ~ \\.json$ { return 200 "16"; }
      location = /app/exact.php { return 200 "17"; }
      return 200 "14";
    }
    location ^~ /quiet {
      location ~ \\.php$ { return 200 "21"; }
      return 200 "20";
    }
    location ~ ^/re/ {
      location ~ x$ { return 200 "25"; }
      return 200 "24";
    }
    location @named { return 200 "28"; }
  }
}
`
const folders = [
  '',
  '/api',
  '/api/v1',
  '/api/vx',
  '/static',
  '/app',
  '/app/deep',
  '/apple',
  '/quiet',
  '/re',
  '/re/plain',
  '/other',
]
const names = ['', '/', '/a.php', '/a.png', '/a.PNG', '/a.json', '/x', '/exact.php', '//x', '/a%2ephp', '/x?y=.php']
const paths = [
  ...folders.flatMap((folder) => names.map((name) => folder + name)),
  '/health',
  '/health/',
  '/API',
  '/@named',
].filter((path) => path !== '')

function readSites(text: string): Site[] {
  const files = new Map([['nginx.conf', { path: 'nginx.conf', text, isCut: false }]])
  return interpretConfig(parseConfig({ configFile: 'nginx.conf', files, absent: new Set() })).sites
}

async function start(write: (port: number, other: number) => string) {
  const [port, other] = [await findFreePort(), await findFreePort()]
  const text = write(port, other)
  const written = writeConfig({ 'nginx.conf': text })
  const nginx = await startNginx(findNginx(), written.folder, port)
  return { port, other, sites: readSites(text), nginx, end: () => nginx.stop().then(written.remove) }
}

type Started = Awaited<ReturnType<typeof start>>

describe('chooseSite, next to the real nginx', () => {
  let here: Started
  beforeAll(async () => {
    here = await start(sites)
  })
  afterAll(() => here.end())

  it.each([
    ['127.0.0.1', 'port'],
    ['127.0.0.2', 'port'],
    ['127.0.0.3', 'other'],
  ] as const)('takes the same site at %s, %s', async (address, which) => {
    const port = here[which]
    for (const host of hosts) {
      const chosen = chooseSite(here.sites, { address, port, host })
      const said = await here.nginx.ask({ address, port, host, path: '/' })
      expect([host, String(chosen?.place.line)]).toEqual([host, said])
    }
  })

  it('keeps IPv4 and IPv6 apart, and knows of nobody at another port', () => {
    expect(chooseSite(here.sites, { address: '::1', port: here.other, host: 'late.test' })?.place.line).toBe(19)
    expect(chooseSite(here.sites, { address: '::1', port: here.port, host: 'app.test' })).toBeUndefined()
    expect(chooseSite(here.sites, { address: '127.0.0.1', port: 1, host: null })).toBeUndefined()
  })
})

describe('chooseLocation, next to the real nginx', () => {
  let here: Started
  let nginx: RunningNginx
  beforeAll(async () => {
    here = await start(locations)
    nginx = here.nginx
  })
  afterAll(() => here.end())

  it('takes the same location for every path', async () => {
    const [site] = here.sites
    if (!site) throw new Error('the site is not seen')
    for (const path of paths) {
      const said = await nginx.ask({ address: '127.0.0.1', port: here.port, host: 'a', path })
      expect([path, String(chooseLocation(site, path)?.place.line)]).toEqual([path, said])
    }
  })
})

import { chmodSync, chownSync, mkdirSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import nginx from '../../src/probes/nginx.js'
import { collectHere } from '../support/collect-here.js'
import { findNginx, readVersion, shellBesideNginx, writeConfig } from '../support/nginx.js'
import { readSection, toSection } from '../support/read-section.js'

const files = {
  'nginx.conf': `user www-data;
pid /etc/nginx/run.pid;
error_log /etc/nginx/logs/error.log warn;
events {}
http {
  proxy_set_header Host $host;
  include sites-enabled/*;
  include "with space.conf";
  include conf.d/*.conf; # none
}
`,
  'sites-enabled/b': `upstream App { server 127.0.0.1:3000; server unix:/run/app.sock backup; keepalive 8; }
server {
  listen 80 default_server;
  listen [::]:80;
  server_name app.example *.app.example;
  error_log /etc/nginx/logs/app.log;
  set $backend 127.0.0.1;
  location / {
    proxy_pass http://app/;
    proxy_read_timeout 1m30s;
    location /ws {
      proxy_pass http://$backend:3001;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header X-Api-Key s3cret-value-here;
    }
  }
  location =/health { return 204; }
  location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; }
}
`,
  'sites-enabled/a': 'server { listen 81; server_name a.example; return 301 https://$host$request_uri; }\n',
  'sites-available/off': 'server { listen 82; }\n',
  'with space.conf': 'server { listen 127.0.0.1:83; root /srv; }\n',
}

describe('nginx', () => {
  const binary = findNginx()
  let written: ReturnType<typeof writeConfig>
  beforeAll(() => {
    written = writeConfig(files)
  })
  afterAll(() => written.remove())

  it.each(['dash', 'bash', 'busybox sh'])('is seen running, with its configuration, by %s', async (shell) => {
    const { facts } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, written.folder, shell) })
    const seen = knownValue(facts.nginx)
    expect(facts.nginx).toMatchObject({ known: true, blind: [] })
    expect(seen).toMatchObject({
      installed: true,
      running: true,
      version: readVersion(binary),
      binary,
      user: 'www-data',
      configFile: '/etc/nginx/nginx.conf',
      mistakes: [],
      errorLogs: ['/etc/nginx/logs/error.log', '/etc/nginx/logs/app.log'],
      notEnabled: ['/etc/nginx/sites-available/off'],
    })
    expect(seen?.files.map(({ path }) => path.replace('/etc/nginx/', ''))).toEqual([
      'nginx.conf',
      'sites-enabled/a',
      'sites-enabled/b',
      'with space.conf',
    ])
    expect(Date.now() - (seen?.startedMs ?? 0)).toBeLessThan(3_600_000)
    expect(seen?.workersStartedMs).toBeGreaterThanOrEqual(seen?.startedMs ?? Number.NaN)
  })

  it('tells what each site does with a request', async () => {
    const { facts, output } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, written.folder, 'dash') })
    const [a, b, spaced] = knownValue(facts.nginx)?.sites ?? []
    expect(a).toMatchObject({ names: ['a.example'], redirects: '301 https://$host$request_uri', locations: [] })
    expect(b?.listens).toEqual([
      { address: '0.0.0.0', port: 80, unixPath: null, isTls: false, isDefault: true },
      { address: '::', port: 80, unixPath: null, isTls: false, isDefault: false },
    ])
    expect(b?.locations).toMatchObject([
      {
        pattern: '/',
        proxyPass: { upstream: 'App', target: { text: 'http://app/', host: 'app', port: null, hasVariables: false } },
        headers: { host: '$host' },
        readTimeoutSeconds: 90,
      },
      {
        pattern: '/ws',
        within: '/',
        proxyPass: { upstream: null, target: { scheme: 'http', host: '127.0.0.1', port: 3001, hasVariables: true } },
        headers: { upgrade: '$http_upgrade', 'x-api-key': '***' },
        httpVersion: '1.1',
        readTimeoutSeconds: 90,
      },
      { pattern: '= /health', proxyPass: null, returnStatus: 204 },
      { pattern: '~ \\.php$', proxyPass: { target: { scheme: 'fastcgi', unixPath: '/run/php.sock', host: null } } },
    ])
    expect(spaced).toMatchObject({ names: [''], root: '/srv', listens: [{ address: '127.0.0.1', port: 83 }] })
    expect(knownValue(facts.nginx)?.upstreams).toMatchObject([
      {
        name: 'App',
        servers: [
          { target: { host: '127.0.0.1', port: 3000 }, isBackup: false },
          { target: { unixPath: '/run/app.sock' }, isBackup: true },
        ],
      },
    ])
    expect(output).not.toContain('s3cret')
  })

  it('names what is missing: an included file, a certificate, the folder of a log', async () => {
    const broken = writeConfig({
      'nginx.conf': `events {}
http {
  include snippets/gone.conf;
  access_log /nowhere/at/all/access.log;
  server { listen 443 ssl; ssl_certificate tls/site.pem; ssl_certificate_key "tls/site.key"; }
}
`,
    })
    const { facts } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, broken.folder, 'dash') })
    broken.remove()
    expect(knownValue(facts.nginx)).toMatchObject({
      running: false,
      mistakes: [
        {
          place: { file: '/etc/nginx/nginx.conf', line: 3 },
          message: 'open() "/etc/nginx/snippets/gone.conf" failed (2: No such file or directory)',
        },
        {
          place: { file: '/etc/nginx/nginx.conf', line: 5 },
          message:
            'cannot load certificate "/etc/nginx/tls/site.pem": BIO_new_file() failed (No such file or directory)',
        },
        {
          place: { file: '/etc/nginx/nginx.conf', line: 5 },
          message:
            'cannot load certificate key "/etc/nginx/tls/site.key": BIO_new_file() failed (No such file or directory)',
        },
        {
          place: { file: '/etc/nginx/nginx.conf', line: 4 },
          message: 'open() "/nowhere/at/all/access.log" failed (2: No such file or directory)',
        },
      ],
    })
  })

  it.each(['dash', 'busybox sh'])('says what a plain user may not read, in %s', async (shell) => {
    const closed = writeConfig({ ...files, 'conf.d/private.conf': 'server { listen 84; }\n' })
    chmodSync(`${closed.folder}/conf.d/private.conf`, 0o600)
    chmodSync(closed.folder, 0o755)
    const plain = `setpriv --reuid=65534 --regid=65534 --clear-groups ${shell}`
    const { facts } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, closed.folder, plain) })
    closed.remove()
    expect(facts.nginx).toMatchObject({
      known: true,
      blind: [{ reason: 'permission', what: 'the nginx configuration /etc/nginx/conf.d/private.conf' }],
      value: {
        running: true,
        version: readVersion(binary),
        mistakes: [],
        notEnabled: ['/etc/nginx/sites-available/off'],
      },
    })
    expect(knownValue(facts.nginx)?.sites.map(({ listens }) => listens[0]?.port)).toEqual([81, 80, 83])
  })

  const main = (inner: string) => `events {}\nhttp {\n${inner}\n}\n`
  const secret = 'server { listen 85; server_name secret.example; }\n'

  it('sees a link to nowhere as nginx does', async () => {
    const dangling = writeConfig({
      'nginx.conf': main('include sites-enabled/*;'),
      'sites-enabled/b': 'server { listen 86; }\n',
    })
    symlinkSync('../sites-available/gone', `${dangling.folder}/sites-enabled/a`)
    const { facts } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, dangling.folder, 'dash') })
    dangling.remove()
    expect(knownValue(facts.nginx)).toMatchObject({
      running: false,
      mistakes: [
        {
          place: { file: '/etc/nginx/nginx.conf', line: 3 },
          message: 'open() "/etc/nginx/sites-enabled/a" failed (2: No such file or directory)',
        },
      ],
      sites: [{ listens: [{ port: 86 }] }],
    })
  })

  it('follows no link of a user to what only root may read', async () => {
    const trap = writeConfig({ 'nginx.conf': main('include sites-enabled/*;'), 'private/secret': secret, 'home/x': '' })
    chmodSync(`${trap.folder}/private/secret`, 0o600)
    mkdirSync(`${trap.folder}/sites-enabled`)
    symlinkSync('/etc/nginx/home/site.conf', `${trap.folder}/sites-enabled/site`)
    symlinkSync('/etc/nginx/private/secret', `${trap.folder}/home/site.conf`)
    chownSync(`${trap.folder}/home`, 1234, 1234)
    const { facts, output } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, trap.folder, 'dash') })
    trap.remove()
    expect(output).not.toContain('secret.example')
    expect(facts.nginx).toMatchObject({
      blind: [{ reason: 'permission', what: 'the nginx configuration /etc/nginx/sites-enabled/site' }],
    })
  })

  it('believes no process of a user that calls itself a master', async () => {
    const trap = writeConfig({ 'nginx.conf': 'broken', 'private/secret': secret })
    const [call, title] = ['/etc/nginx/nginx', 'nginx: master process /usr/sbin/nginx -c /etc/nginx/private/secret']
    const lines = [
      'cp "$(command -v sleep)" /etc/nginx/nginx; chmod 755 /etc/nginx /etc/nginx/nginx',
      `setpriv --reuid=1234 --regid=1234 --clear-groups bash -c 'exec -a "${title}" ${call} 60' >/dev/null 2>&1 </dev/null &`,
      `until grep -q "^nginx: master" /proc/$!/cmdline; do :; done`,
    ]
    const { facts, output } = await collectHere(['nginx'], {
      shell: shellBesideNginx(binary, trap.folder, 'dash', lines),
    })
    trap.remove()
    expect(output).not.toContain('secret.example')
    expect(facts.nginx).toMatchObject({
      value: { running: true, configFile: null, sites: [] },
      blind: [
        { what: expect.stringMatching(/^the configuration of an nginx that the user 1234 runs \(process \d+\)$/) },
      ],
    })
  })

  it('does not take hidden processes for absent ones', async () => {
    const before = ['mount -o remount,hidepid=2 /proc', 'mount -t tmpfs tmpfs /run']
    const hidden = writeConfig({
      ...files,
      'nginx.conf': files['nginx.conf'].replace('/etc/nginx/run.pid', '/run/nginx.pid'),
    })
    chmodSync(hidden.folder, 0o755)
    const plain = 'setpriv --reuid=65534 --regid=65534 --clear-groups dash'
    const { facts } = await collectHere(['nginx'], { shell: shellBesideNginx(binary, hidden.folder, plain, before) })
    hidden.remove()
    expect(facts.nginx).toMatchObject({
      value: { running: true, masterPid: null, startedMs: null },
      blind: [{ reason: 'permission', what: 'the processes of other users, nginx among them' }],
    })
  })

  it('reads Debian 12, with its folders of sites', () => {
    const facts = nginx.parse(readSection(nginx, 'debian-12'))
    expect(facts).toMatchObject({
      running: true,
      version: '1.22.1',
      user: 'www-data',
      mistakes: [],
      errorLogs: ['/var/log/nginx/error.log'],
      notEnabled: ['/etc/nginx/sites-available/default'],
    })
    expect(facts.files.map(({ path }) => path)).toContain('/etc/nginx/sites-enabled/shop')
    expect(facts.sites[0]?.locations).toContainEqual(
      expect.objectContaining({
        pattern: '/socket',
        readTimeoutSeconds: 1,
        proxyPass: expect.objectContaining({
          target: expect.objectContaining({
            scheme: 'http',
            host: null,
            port: null,
            unixPath: '/run/no-such-app.sock',
          }),
        }),
      }),
    )
  })

  it('reads an nginx built from source, whose configuration was broken after its start', () => {
    const facts = nginx.parse(readSection(nginx, 'source-1.28--broken-since-start'))
    expect(facts).toMatchObject({
      running: true,
      version: '1.28.0',
      binary: '/usr/local/nginx/sbin/nginx',
      configFile: '/usr/local/nginx/conf/nginx.conf',
      errorLogs: ['/usr/local/nginx/logs/error.log'],
      mistakes: [
        {
          place: { file: '/usr/local/nginx/conf/vhosts/shop.conf', line: 8 },
          message: 'invalid number of arguments in "proxy_http_version" directive',
        },
      ],
      sites: [{ names: ['shop.example', 'www.shop.example'], locations: [{ proxyPass: { upstream: 'next_app' } }] }],
      upstreams: [{ name: 'next_app', servers: [{ isDown: false }, { isDown: true }] }],
    })
  })

  it('calls nothing a mistake that a cut-off answer did not bring', () => {
    const whole = readSection(nginx, 'debian-12')
    const cut = { ...whole, cut: 'size-limit' as const, parts: whole.parts.map((part) => ({ ...part })) }
    const last = cut.parts.at(-1)
    if (last) last.text = last.text.slice(0, last.text.indexOf('proxy_pass') + 12)
    expect(nginx.parse(cut)).toMatchObject({ mistakes: [], sites: [{ names: ['shop.example'] }] })
  })

  it('is not called absent by an answer that was cut off before it was looked for', () => {
    const cut = (text: string) => ({ ...toSection(nginx, `@fleetdx begin nginx 0\n${text}`), cut: 'deadline' as const })
    expect(() => nginx.parse(cut(''))).toThrow('it did not come to its end')
    expect(nginx.parse(cut('binary \n'))).toMatchObject({ installed: false })
  })

  it("gives systemd's word, and that there is none", () => {
    const unit = (text: string) =>
      nginx.parse(
        toSection(nginx, `@fleetdx begin nginx 0\nbinary /usr/sbin/nginx\n\n@fleetdx part unit nginx.service\n${text}`),
      ).unit
    const failed = 'LoadState=loaded\nActiveState=failed\nResult=exit-code\nUnitFileState=enabled\n'
    const journal =
      '\n@fleetdx part journal nginx.service\n-- Journal begins at Mon --\nStarting nginx.service\nnginx: [emerg] still could not bind()\n'
    expect(unit(failed + journal)).toEqual({
      activeState: 'failed',
      result: 'exit-code',
      enabled: 'enabled',
      lastMessages: ['Starting nginx.service', 'nginx: [emerg] still could not bind()'],
    })
    expect(unit('LoadState=not-found\nActiveState=inactive\nResult=success\nUnitFileState=\n')).toBeNull()
  })

  it('knows nothing of a host without nginx', () => {
    const facts = nginx.parse(toSection(nginx, '@fleetdx begin nginx 0\nticks 100 1790000000\nbinary \n'))
    expect(facts).toMatchObject({ installed: false, running: false, configFile: null, sites: [], errorLogs: [] })
  })
})

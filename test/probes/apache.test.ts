import { symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import apache from '../../src/probes/apache.js'
import { collectHere } from '../support/collect-here.js'
import { shellBeside, type Written, writeFiles } from '../support/gateways.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const site = `<VirtualHost *:80>
  ServerName shop.example
  ServerAlias www.shop.example *.shop.example
  ProxyPreserveHost On
  ProxyPass /static !
  ProxyPass /api http://127.0.0.1:4000/ timeout=5 connectiontimeout=2
  ProxyPass / balancer://app/
  # Never reached: the line before takes everything.
  ProxyPass /dead http://127.0.0.1:4001/
  RequestHeader set X-Api-Key "verysecretvalue"
  ErrorLog \${APACHE_LOG_DIR}/shop.log
</VirtualHost>
<Proxy balancer://app>
  BalancerMember http://localhost:3000
  BalancerMember http://localhost:3001 status=+H
  BalancerMember unix:/run/app.sock|http://localhost status=D
</Proxy>
<IfModule mod_ssl.c>
  Broken line
</IfModule>
<VirtualHost 127.0.0.1:8080>
  ServerName plain.example
  <Location "/">
    ProxyPass http://10.0.0.5:3000/
  </Location>
</VirtualHost>
<VirtualHost *:80>
  ServerName old.example
  Redirect permanent / https://shop.example/
</VirtualHost>
`
const modules = ['proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm', 'lbmethod_byrequests', 'headers']

describe('apache', () => {
  let written: Written
  beforeAll(() => {
    const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`)
    const files = {
      'ports.conf': 'Listen 80\nListen 8080\n',
      'sites-available/shop.conf': site,
      'mods-enabled/zz.load': load.join(''),
    }
    written = writeFiles(files, '/etc/apache2')
    symlinkSync('../sites-available/shop.conf', `${written.folder}/sites-enabled/shop.conf`)
  })
  afterAll(() => written.remove())

  it.each(['dash', 'bash', 'busybox sh'])('is seen running, with its configuration, by %s', async (shell) => {
    const { facts, output } = await collectHere(['apache'], {
      shell: shellBeside(written, '/etc/apache2', ['apachectl start >/dev/null 2>&1'], shell),
    })
    const seen = knownValue(facts.apache)
    expect(facts.apache).toMatchObject({ known: true, blind: [] })
    expect(output).not.toContain('verysecretvalue')
    expect(seen).toMatchObject({
      installed: true,
      running: true,
      version: expect.stringMatching(/^2\.4\.\d+$/),
      binary: '/usr/sbin/apache2',
      user: 'www-data',
      configFile: '/etc/apache2/apache2.conf',
      mistakes: [],
      errorLogs: ['/var/log/apache2/error.log', '/var/log/apache2/shop.log'],
    })
    expect(seen?.workersStartedMs).toBeGreaterThanOrEqual(seen?.startedMs ?? Number.NaN)
    expect(
      seen?.sites.map(({ names, listens }) => [names[0], listens.map(({ address, port }) => `${address} ${port}`)]),
    ).toEqual([
      ['', ['0.0.0.0 80', ':: 80']],
      ['shop.example', ['0.0.0.0 80', ':: 80']],
      ['plain.example', ['127.0.0.1 8080']],
      ['old.example', ['0.0.0.0 80', ':: 80']],
    ])
    expect(seen?.sites[1]?.locations).toMatchObject([
      { pattern: '/static', proxyPass: null },
      {
        pattern: '/api',
        place: { file: '/etc/apache2/sites-enabled/shop.conf', line: 6 },
        proxyPass: { upstream: null, target: { text: 'http://127.0.0.1:4000/', host: '127.0.0.1', port: 4000 } },
        headers: { host: 'ProxyPreserveHost', 'x-forwarded-for': 'ProxyAddHeaders', 'x-api-key': '***' },
        readTimeoutSeconds: 5,
        connectTimeoutSeconds: 2,
      },
      {
        pattern: '/',
        proxyPass: { upstream: 'balancer://app', target: { scheme: 'http', port: null } },
        readTimeoutSeconds: 300,
      },
    ])
    expect(seen?.sites[2]?.locations).toMatchObject([
      { pattern: '/', proxyPass: { target: { host: '10.0.0.5', port: 3000 } } },
    ])
    expect(seen?.sites[3]).toMatchObject({ redirects: '301 https://shop.example/', locations: [] })
    expect(seen?.upstreams).toMatchObject([
      {
        name: 'balancer://app',
        servers: [
          { target: { host: 'localhost', port: 3000 }, isDown: false, isBackup: false },
          { target: { host: 'localhost', port: 3001 }, isDown: false, isBackup: true },
          { target: { unixPath: '/run/app.sock', host: null }, isDown: true },
        ],
      },
    ])
  })

  it('reads the layout of Red Hat, where it is called httpd', async () => {
    const httpd = writeFiles({
      'conf/httpd.conf': `ServerRoot "/etc/httpd"
Include conf.modules.d/*.conf
Listen 80
User apache
Group apache
ErrorLog "logs/error_log"
IncludeOptional conf.d/*.conf
`,
      'conf.modules.d/00-mpm.conf': 'LoadModule mpm_event_module modules/mod_mpm_event.so\n',
      'conf.d/app.conf':
        '<VirtualHost *:80>\nServerName app.example\nProxyPass / http://127.0.0.1:3000/\n</VirtualHost>\n',
    })
    const lines = [
      'mount -t tmpfs tmpfs /etc/apache2',
      'mount --bind /usr/sbin/apache2 /usr/sbin/apache2',
      'cp /usr/sbin/apache2 /run/httpd',
      'PATH=/run:$PATH; export PATH',
    ]
    const { facts } = await collectHere(['apache'], { shell: shellBeside(httpd, '/etc/httpd', lines, 'dash') })
    httpd.remove()
    expect(knownValue(facts.apache)).toMatchObject({
      running: false,
      configFile: '/etc/httpd/conf/httpd.conf',
      user: 'apache',
      errorLogs: ['/etc/httpd/logs/error_log'],
      mistakes: [
        {
          place: { file: '/etc/httpd/conf.d/app.conf', line: 3 },
          message:
            "Invalid command 'ProxyPass', perhaps misspelled or defined by a module not included in the server configuration",
        },
      ],
      sites: [{ names: ['app.example'], locations: [{ pattern: '/' }] }],
    })
  })

  it('follows no file that a process of a user names', async () => {
    const trap = writeFiles({
      'private.conf': 'ServerName secret.example\n',
      apache2: '#!/bin/sh\nread -r line <>/srv/trap/pipe\n',
    })
    const lines = [
      'mkfifo -m 666 /srv/trap/pipe; chmod 600 /srv/trap/private.conf; chmod 755 /srv/trap/apache2',
      'setpriv --reuid=1234 --regid=1234 --clear-groups /srv/trap/apache2 -f /srv/trap/private.conf >/dev/null 2>&1 </dev/null &',
      'until grep -q apache2 /proc/$!/comm; do :; done',
    ]
    const { facts, output } = await collectHere(['apache'], { shell: shellBeside(trap, '/srv/trap', lines, 'dash') })
    trap.remove()
    expect(output).not.toContain('secret.example')
    expect(facts.apache).toMatchObject({
      value: { running: true, configFile: '/srv/trap/private.conf', files: [], sites: [] },
      blind: [{ reason: 'permission', what: 'the Apache configuration /srv/trap/private.conf' }],
    })
  })

  it('reads Debian 12, and the layout of Red Hat', () => {
    for (const capture of ['debian-12', 'red-hat-layout']) {
      const facts = apache.parse(readSection(apache, capture))
      expect(facts).toMatchObject({ running: true, mistakes: [], version: '2.4.71' })
      expect(facts.sites.find(({ names }) => names[0] === 'shop.example')?.locations.at(-1)).toMatchObject({
        pattern: '/',
        proxyPass: { upstream: 'balancer://app' },
      })
    }
  })

  it('calls nothing a mistake that a cut-off answer did not bring', () => {
    const text =
      '\nbinary /usr/sbin/apache2\nconfig /a.conf\n\n@fleetdx part file 1 whole /a.conf\n<VirtualHost *:80>\nProxyPass / http://x:1/\n'
    expect(apache.parse(cutSection(apache, text)).mistakes).toEqual([])
    expect(apache.parse(frameSection(apache, text)).mistakes.map(({ message }) => message)).toEqual([
      '<VirtualHost> was not closed.',
      "Invalid command 'ProxyPass', perhaps misspelled or defined by a module not included in the server configuration",
    ])
  })

  it('knows nothing of a host without Apache', () => {
    expect(apache.parse(frameSection(apache, 'ticks 100 1790000000\nbinary \n'))).toMatchObject({
      installed: false,
      running: false,
      configFile: null,
      sites: [],
      errorLogs: [],
    })
  })
})

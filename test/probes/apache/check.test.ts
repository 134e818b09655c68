import { describe, expect, it } from 'vitest'
import { findMistakes } from '../../../src/probes/apache/check.js'
import { parseConfig } from '../../../src/probes/apache/parse.js'
import { ask, writeFiles } from '../../support/gateways.js'

const base = `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
ServerName localhost
Listen 8099
ErrorLog error.log
PidFile apache.pid
`
const proxy = 'LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so\n'
const ssl = `LoadModule socache_shmcb_module /usr/lib/apache2/modules/mod_socache_shmcb.so
LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
`

/** The first thing that Apache refuses about httpd.conf: `FILE:LINE MESSAGE`; null where all is well. */
function test(files: Record<string, string>): string | null {
  const written = writeFiles(files)
  const said = ask('/usr/sbin/apache2', ['-t', '-d', written.folder, '-f', 'httpd.conf'], written)
  written.remove()
  if (/^Syntax OK$/m.test(said)) return null
  // sample: apache2: Syntax error on line 8 of /tmp/a.conf: /tmp/a.conf:8: <VirtualHost> was not closed.
  // sample: AH00526: Syntax error on line 7 of /tmp/a.conf:\nInvalid command …
  const places = [...said.matchAll(/Syntax error on line (\d+) of ([^:]+):\s*(?:[^\s:]+:\d+: )?/g)]
  const last = places.at(-1)
  const message = last ? said.slice(last.index + last[0].length).split('\n')[0] : said
  return `${last?.[2]}:${last?.[1]} ${message}`
}

function read(files: Record<string, string>, absent: string[] = []) {
  const texts = Object.entries(files).map(([path, text]) => ({
    path: `/etc/x/${path}`,
    text,
    isCut: false,
    modifiedMs: null,
  }))
  const configuration = parseConfig({
    configFile: '/etc/x/httpd.conf',
    root: '/etc/x',
    files: new Map(texts.map((file) => [file.path, file])),
    absent: new Set(absent),
    modules: ['core.c', 'mod_so.c', 'http_core.c'],
    variables: new Map(),
    defines: [],
    isWhole: true,
  })
  return { ...configuration, found: findMistakes(configuration, new Set(absent)) }
}

const cases: Record<string, { text: string; files?: Record<string, string>; absent?: string[] }> = {
  'a good configuration': {
    text: `${proxy}<VirtualHost *:8099>\nProxyPass / http://127.0.0.1:3000/\n</VirtualHost>\n`,
  },
  'no module for ProxyPass': { text: '<VirtualHost *:8099>\nProxyPass / http://127.0.0.1:3000/\n</VirtualHost>\n' },
  'no module for RewriteEngine': { text: 'RewriteEngine On\n' },
  'no module for SSLEngine': { text: '<VirtualHost *:8099>\n  SSLEngine on\n</VirtualHost>\n' },
  'no module for RequestHeader': { text: 'RequestHeader set X-Forwarded-Proto https\n' },
  'a directive over two lines': { text: 'RewriteEngine \\\n  On\n' },
  'an open section': { text: `${proxy}<VirtualHost *:8099>\nProxyPass / http://127.0.0.1:3000/\n` },
  'a section that was not opened': { text: '</VirtualHost>\n' },
  'sections that cross': { text: '<VirtualHost *:8099>\n<Location />\n</VirtualHost>\n' },
  'the end of another section': { text: '<VirtualHost *:8099>\n</Location>\n' },
  'a section without its bracket': { text: '<VirtualHost *:8099\n</VirtualHost>\n' },
  'an include that is not there': { text: 'Include gone.conf\n', absent: ['/etc/x/gone.conf'] },
  'an optional include that is not there': { text: 'IncludeOptional gone.conf\n', absent: ['/etc/x/gone.conf'] },
  'a mistake in an included file': {
    text: 'Include conf.d/*.conf\n',
    files: { 'conf.d/a.conf': '\nRewriteEngine On\n' },
  },
  'an included file that leaves a section open': {
    text: 'Include conf.d\n',
    files: { 'conf.d/a.conf': '<VirtualHost *:8099>\n' },
  },
  'a condition on a module that is there': { text: `${proxy}<IfModule proxy_module>\nRewriteEngine On\n</IfModule>\n` },
  'a condition on a module that is not': {
    text: '<IfModule mod_rewrite.c>\nRewriteEngine On\n<Location />\n</IfModule>\n',
  },
  'conditions within conditions': {
    text: '<IfModule !mod_rewrite.c>\n<IfModule mod_proxy.c>\nProxyPass / x\n</IfModule>\nRewriteEngine On\n</IfModule>\n',
  },
  'a defined name': {
    text: 'Define app\n<IfDefine app>\nRewriteEngine On\n</IfDefine>\n<IfDefine !app>\nProxyPass / x\n</IfDefine>\n',
  },
  'a certificate that is not there': {
    text: `${ssl}<VirtualHost *:8099>\nSSLEngine on\nSSLCertificateFile /gone/cert.pem\n</VirtualHost>\n`,
    absent: ['/gone/cert.pem'],
  },
}

describe('what Apache refuses', () => {
  it.each(Object.entries(cases))('is what configtest refuses: %s', (_, { text, files = {}, absent = [] }) => {
    const all = { 'httpd.conf': base + text, ...files }
    const [first] = read(all, absent).found
    const ours = first ? `${first.place.file.replace('/etc/x/', '')}:${first.place.line} ${first.message}` : null
    expect(ours?.replace('/etc/x/', '') ?? null).toBe(test(all))
  })

  it('refuses what would take for ever', () => {
    const loop = { 'httpd.conf': 'Include httpd.conf\nInclude httpd.conf\n' }
    expect(() => read(loop)).toThrow('an Apache configuration of too many directives')
    expect(() => read({ 'httpd.conf': '<Location />\n'.repeat(100) })).toThrow(
      'an Apache configuration of sections within sections',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { findMistakes } from '../../../src/probes/haproxy/check.js'
import { parseConfig } from '../../../src/probes/haproxy/parse.js'
import { ask, writeFiles } from '../../support/gateways.js'

const base = `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend web
  bind 127.0.0.1:8098
`

/** The first thing that HAProxy refuses, without its place; null where all is well. */
function test(text: string): { message: string; line: number | null } | null {
  const written = writeFiles({ 'haproxy.cfg': text })
  const said = ask('/usr/sbin/haproxy', ['-c', '-f', 'haproxy.cfg'], written)
  written.remove()
  // sample: [ALERT]    (18716) : config : parsing [h.cfg:8] : error detected while …, … : Parsing [h.cfg:11]: backend 'app' has …
  const [, line, message = ''] =
    /^\[ALERT\] +\(\d+\) : config : (?:[Pp]arsing \[[^\]]*:(\d+)\] ?: )?(.*)$/m.exec(said) ?? []
  return message === '' ? null : { message: message.replace(/:$/, ''), line: line === undefined ? null : Number(line) }
}

const cases: Record<string, { text: string; absent?: string[] }> = {
  'a good configuration': { text: '  default_backend app\nbackend app\n  server s1 127.0.0.1:3000 check\n' },
  'a backend that is not there': { text: '  default_backend gone\n' },
  'one of several that is not there': {
    text: '  use_backend gone if { path /x }\n  default_backend app\nbackend app\n',
  },
  'an ACL that is not there': { text: '  use_backend app if is_api\nbackend app\n' },
  'ACLs that are': { text: '  acl is_api path_beg /api\n  use_backend app if is_api or !METH_GET\nbackend app\n' },
  'an open quote': { text: '  default_backend "app\nbackend app\n' },
  'a certificate that is not there': {
    text: '  bind 127.0.0.1:8097 ssl crt /gone/cert.pem\n  default_backend app\nbackend app\n',
    absent: ['/gone/cert.pem'],
  },
  'two backends of one name': { text: '  default_backend app\nbackend app\nbackend app\n' },
  'two frontends of one name': { text: 'frontend web\n  bind 127.0.0.1:8097\n' },
  'a frontend and a backend of one name': { text: '  default_backend web\nbackend web\n' },
  'a section that has the servers itself': {
    text: '  default_backend app\nlisten app\n  bind 127.0.0.1:8096\n  server s 127.0.0.1:1\n',
  },
  'a backend by a variable': { text: '  use_backend %[req.hdr(host),lower]\n' },
  comments: { text: '  default_backend app # "gone\nbackend app # nothing\n' },
}

describe('what HAProxy refuses', () => {
  it.each(Object.entries(cases))('is what its own test refuses: %s', (_, { text, absent = [] }) => {
    const file = { path: 'haproxy.cfg', text: base + text, isCut: false, modifiedMs: null }
    const { sections, mistakes } = parseConfig([file])
    const [first] = [...mistakes, ...findMistakes(sections, new Set(absent))]
    const theirs = test(base + text)
    expect(first?.message ?? null).toBe(theirs?.message ?? null)
    if (theirs?.line != null) expect(first?.place.line).toBe(theirs.line)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLocation } from '../../../src/path/choose-location.js'
import { dropShadowed } from '../../../src/probes/gateway/drop-shadowed.js'
import type { Location, Site } from '../../../src/probes/gateway/facts.js'

/** `line` tells which of the ways it was. */
function site(ways: readonly { pattern: string; line: number }[]): Site {
  const rest = {
    proxyPass: null,
    headers: {},
    httpVersion: null,
    returnStatus: null,
    readTimeoutSeconds: null,
    connectTimeoutSeconds: null,
  }
  const locations = ways.map(({ pattern, line }): Location => ({ pattern, place: { file: '/etc/x', line }, ...rest }))
  return { names: [''], listens: [], place: { file: '/etc/x', line: 0 }, locations, redirects: null, root: null }
}

/** The first that matches, as Apache and HAProxy choose. */
function firstMatch(patterns: readonly string[], path: string): number {
  return patterns.findIndex((pattern) => {
    if (pattern.startsWith('= ')) return path === pattern.slice(2)
    if (pattern.startsWith('~ ')) return new RegExp(pattern.slice(2)).test(path)
    return path.startsWith(pattern)
  })
}

const reduce = (patterns: readonly string[]) =>
  dropShadowed(patterns.map((pattern) => ({ pattern }))).map(({ pattern }) => pattern)

describe('dropShadowed', () => {
  it('leaves out what an earlier way hides', () => {
    expect(reduce(['/api', '/', '/static'])).toEqual(['/api', '/'])
    expect(reduce(['/api', '/api/v2', '= /api', '/'])).toEqual(['/api', '/'])
    expect(reduce(['~ ^/(.*)$', '/'])).toEqual(['~ ^/(.*)$'])
    expect(reduce(['@rewrite', '/', '@later'])).toEqual(['@rewrite', '/'])
  })

  it('makes a prefix before an expression come first', () => {
    expect(reduce(['/api', '~ \\.php$', '/'])).toEqual(['^~ /api', '~ \\.php$', '/'])
  })

  it('makes a prefix between two expressions one of them', () => {
    expect(reduce(['~ ^/a', '/b.c', '~ ^/b'])).toEqual(['~ ^/a', '~ ^/b\\.c', '~ ^/b'])
  })

  it('lets the longest prefix say what the first match says', () => {
    const path = fc.stringMatching(/^\/[ab]{0,3}$/)
    const pattern = fc.oneof(
      path,
      path.map((each) => `= ${each}`),
      path.map((each) => `~ ^${each}`),
      fc.constantFrom('~ b$', '~ ^/(.*)$'),
    )
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), path, (patterns, asked) => {
        const ways = dropShadowed(patterns.map((each, line) => ({ pattern: each, line })))
        expect(chooseLocation(site(ways), asked)?.place.line ?? -1).toBe(firstMatch(patterns, asked))
      }),
    )
  })
})

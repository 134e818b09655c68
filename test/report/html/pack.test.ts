import { describe, expect, it } from 'vitest'
import { escapeHtml, writeScriptJson } from '../../../src/report/html/escape.js'
import { createPool } from '../../../src/report/html/pack.js'

/** What the browser makes of it. */
function unpack(values: readonly unknown[], ref: number): unknown {
  const value = values[ref]
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((part) => unpack(values, part))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(values, part)]))
}

describe('a pool of values', () => {
  it('gives back what was put in, but for what is undefined', () => {
    const pool = createPool()
    const value = { text: '1', number: 1, list: [null, true, false, 'true', 'null', [], {}], nested: { 0: 'a' } }
    expect(unpack(pool.values, pool.put({ ...value, absent: undefined }))).toEqual(value)
  })

  it('keeps what is the same once', () => {
    const pool = createPool()
    const host = (name: string) => ({ name, path: [{ id: 'gateway', label: 'nginx :80' }] })
    pool.put(host('web01'))
    const before = pool.values.length
    pool.put(host('web02'))
    expect(pool.values.slice(before)).toEqual(['web02', { name: before, path: expect.any(Number) }])
  })
})

describe('a text in the page', () => {
  it('cannot leave its place', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
    expect(writeScriptJson({ '<!--': '</script>' })).toBe(String.raw`{"\u003c!--":"\u003c/script>"}`)
  })
})

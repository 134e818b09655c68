import MarkdownIt from 'markdown-it'
import { expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'

// All that a reader may make of it is on.
const toHtml = (text: string) => new MarkdownIt({ html: true, linkify: true }).render(text)

const hostile = [
  ...[
    '<img src=x onerror=alert(1)>',
    '</code></pre><script>alert(1)</script>',
    '[a](javascript:alert(1))',
    '![a](//x)',
  ],
  ...['@octocat', '#1', 'https://evil.example', 'www.evil.example', 'me@evil.example', ':smile:', '$x^2$', '&lt;b&gt;'],
  ...[
    'a | b | c',
    '```\n# title',
    '~~~',
    '**bold** _it_ ~~gone~~',
    '`tick',
    '\\| \\` \\',
    '| --- |',
    '> quote',
    '- item',
  ],
]

it.each(hostile)('nothing becomes of %j, wherever a host says it', (text) => {
  const root = causeRecord({ ...{ title: text, summary: text, id: text }, evidence: [{ source: text, text }] })
  const html = toHtml(
    renderMarkdown(
      runRecord([
        brokenHost({ name: text, verdict: text, causes: [root], trouble: [text] }),
        hostRecord({ name: `b${text}`, status: 'unknown', verdict: text }),
      ]),
    ),
  )
  const tags = new Set([...html.matchAll(/<(\/?[a-z]\w*)(?: class="language-(?:sh|text)")?>/g)].map(([, tag]) => tag))
  const others = html.replaceAll(/<\/?[a-z]\w*(?: class="language-(?:sh|text)")?>/g, '').match(/<[^>]*>/g)
  expect(others).toBeNull()
  const known = ['p', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'pre', 'h3']
  expect([...tags].filter((tag) => !known.includes(tag?.replace('/', '') ?? ''))).toEqual([])
  expect(html.match(/<tr>/g)).toHaveLength(3)
  expect(html.match(/<td>/g)).toHaveLength(6)
  expect(html.match(/<h3>/g)).toHaveLength(2)
  // In running text GitHub would find a name to tell, or an issue.
  const prose = html.replaceAll(/<code[^>]*>.*?<\/code>/gs, '')
  expect(prose).not.toMatch(/@\w|#\d|https?:\/\/|www\.|:\w+:/)
})

it('keeps within what GitHub takes, and says what it leaves out', () => {
  const hosts = Array.from({ length: 500 }, (_, index) =>
    unreachableHost({
      name: `host-${'x'.repeat(index % 7)}${index}`,
      reason: { reason: `r${index}`, phase: 'auth', hop: 'h', message: 'm'.repeat(5000), mend: null, limit: null },
    }),
  )
  const text = renderMarkdown(runRecord(hosts))
  expect(text.length).toBeLessThanOrEqual(65_536)
  expect(text.length).toBeGreaterThan(50_000)
  expect(text).toMatch(/\| … \| {2}\| 400 more \|\n/)
  expect(text).toMatch(/\n\n\d+ more problems are left out: see another format\n$/)
})

it('of a healthy fleet is one line', () => {
  expect(renderMarkdown(runRecord([hostRecord()]))).toBe(
    '**fleetdx: 1 host: 1 healthy** (2026-03-01 10:00 UTC, 3.2 s)\n',
  )
})

import { expect, test } from 'vitest'
import { type CausePage, renderPage } from '../../src/report/cause-page.js'
import { createStyle } from '../../src/report/style.js'

const page: CausePage = {
  id: 'gateway-not-reloaded',
  title: 'the gateway has not read its changed configuration',
  layer: 'gateway',
  breaks: 'site',
  symptom: 'a change of the configuration has no effect',
  signs: ['a file of the configuration is newer than the workers', 'its log names an upstream that the files do not'],
  against: ['gateway-config-invalid-old-running: it was reloaded, and refused the files; it runs on the former ones'],
  explains: [{ id: 'no-listener', title: 'nothing listens where the gateway sends requests' }],
  explainedBy: [],
  needs: [
    { fact: 'nginx', what: 'nginx, or the gateway in its place', permission: 'root' },
    { fact: 'http', what: 'HTTP answers seen from the host', permission: 'any' },
  ],
  remedy: [
    { step: 'see what would change: look at the files that are newer', risk: 'none' },
    {
      step: 'test the configuration and, only if it is good, load it: `nginx -t && systemctl reload nginx`',
      risk: 'what else was changed in the files since the last load takes effect, too',
    },
  ],
  source: 'nginx reads its files at start and reload only',
}

const draw = (width: number, unicode = true) => renderPage(page, createStyle({ width, unicode, color: false }))

test('a page tells all, hangs its marks, breaks no command, and leaves out what there is none of', () => {
  expect(draw(80)).toMatchInlineSnapshot(`
    "gateway-not-reloaded
    the gateway has not read its changed configuration
    layer gateway · a request first meets it at: site

    Symptom
      a change of the configuration has no effect

    What is seen
      - a file of the configuration is newer than the workers
      - its log names an upstream that the files do not

    What looks like it
      - gateway-config-invalid-old-running: it was reloaded, and refused the files;
        it runs on the former ones

    Explains
      - no-listener: nothing listens where the gateway sends requests

    Judged by
      - nginx: nginx, or the gateway in its place (root or sudo; without, what the
        login may see)
      - http: HTTP answers seen from the host (any login)

    Remedy
      1. see what would change: look at the files that are newer
      2. test the configuration and, only if it is good, load it:
         \`nginx -t && systemctl reload nginx\`
         risk: what else was changed in the files since the last load takes effect,
         too

    Source
      nginx reads its files at start and reload only
    "
  `)
})

test('it is no wider on a wide terminal', () => {
  expect(draw(200)).toBe(draw(80))
})

test('in ASCII', () => {
  expect(draw(80, false)).toContain('layer gateway | a request first meets it at: site\n')
})

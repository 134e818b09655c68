import { afterAll, describe, expect, it } from 'vitest'
import { findMistakes } from '../../../src/probes/nginx/check.js'
import { parseConfig } from '../../../src/probes/nginx/parse.js'
import { findNginx, readVersion, testConfig, writeConfig } from '../../support/nginx.js'
import { configurations } from './configurations.js'

const nginx = findNginx()
const edition = { version: readVersion(nginx), hasForeignModules: false }

/** What reading can not tell: nginx knows its own variables, log formats and certificates. */
const beyondReading = new Set(['unknown variable', 'unknown log format'])

function readMistake(text: string): string | null {
  const files = new Map([['nginx.conf', { path: 'nginx.conf', text: text.replaceAll('\r\n', '\n'), isCut: false }]])
  const nodes = parseConfig({ configFile: 'nginx.conf', files, absent: new Set(['snippets/none.conf']) })
  const first = findMistakes(nodes, edition)[0]
  if (!first) return null
  // the one message that nginx gives without a place
  return first.message.startsWith('no "events"')
    ? first.message
    : `${first.message} in ${first.place.file}:${first.place.line}`
}

describe('findMistakes, next to the real nginx -t', () => {
  const folders: { remove: () => void }[] = []
  afterAll(() => {
    for (const { remove } of folders) remove()
  })

  it.each(Object.entries(configurations))('%s', (name, text) => {
    const written = writeConfig({ 'nginx.conf': text })
    folders.push(written)
    const said = testConfig(nginx, written.folder)
    expect(readMistake(text)).toBe(beyondReading.has(name) ? null : said)
  })
})

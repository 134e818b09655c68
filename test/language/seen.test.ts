import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { setLanguage } from '../../src/language/language.js'
import { seenTexts, translateSeen } from '../../src/language/seen.js'
import { defineProbe } from '../../src/probes/define.js'
import { readFact } from '../../src/probes/index.js'
import { sh } from '../../src/shell.js'

const root = new URL('../../src/', import.meta.url).pathname

/** What a value of a script stands for here: a word that no text has. */
const value = 'X1'

/** Every text after `cannot REASON` in the scripts of probes, with `value` for its values. */
function findSeen(): string[] {
  const files = ['probes', 'collect', 'checks'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(root, folder, file)),
  )
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8').replaceAll('\\$', '$')
    return [...findQuoted(source), ...findWritten(source)]
  })
}

/** In a script: `cannot permission "the apps of the pm2 daemon of ${pm2_user:-user $2} ($4)"` */
function findQuoted(source: string): string[] {
  // What $(…) runs may have quotes of its own.
  const quoted = /\bcannot [a-z-]+ "((?:\$\([^()]*\)|[^"\n])*)"/g
  return [...source.matchAll(quoted)].flatMap(([, words = '']) => {
    const usual = words.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    return [...new Set([words, usual])].map((text) => text.replaceAll(/\$\([^()]*\)|\$\{[^}]*\}|\$\w+/g, value))
  })
}

/** Made for a host: cannot permission ${`the check ${name}`} */
function findWritten(source: string): string[] {
  return [...source.matchAll(/\bcannot [a-z-]+ \$\{`([^`]*)`\}/g)].map(([, words = '']) =>
    words.replaceAll(/\$\{[^}]*\}/g, value),
  )
}

function takes(text: string, seen: string): boolean {
  const words = text.split(/\{\d+\}/).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${words.join('.+')}$`).test(seen)
}

/** A path, or who: there is nothing to translate. */
const isValueAlone = (text: string) => /^[X1/]+$/.test(text)

// gateway_a writes the article, and $hidden of pm2 begins with a space.
const found = findSeen()
  .filter((text) => !isValueAlone(text))
  .flatMap((text) => (text.startsWith('X1 that runs') ? [`a ${text}`, `an ${text}`] : [text]))
  .map((text) => text.replace(' inX1', ' in X1'))

afterEach(() => setLanguage('en'))

it('every text of what a script cannot see is among those that are translated', () => {
  expect(found.length).toBeGreaterThan(60)
  expect(found.filter((text) => !seenTexts.some((seen) => takes(seen, text)))).toEqual([])
})

it('every text that is translated is one of a script', () => {
  expect(seenTexts.filter((seen) => !found.some((text) => takes(seen, text)))).toEqual([])
})

it('keeps what the host puts into it', async () => {
  await setLanguage('zh')
  expect(translateSeen('the apps of the pm2 daemon 12 (/home/x/.pm2): it does not answer')).toBe(
    'pm2 守护进程 12（/home/x/.pm2）的应用：守护进程没有应答',
  )
  expect(translateSeen('the apps of the pm2 daemon of user 1000 (/srv/.pm2)')).toBe(
    '用户 1000 的 pm2 守护进程（/srv/.pm2）的应用',
  )
  expect(translateSeen('an Apache that runs in a container (process 7)')).toBe('容器中运行的 Apache（进程 7）')
})

it('leaves a text that is not known, and English, as it is', async () => {
  expect(translateSeen('the kernel log')).toBe('the kernel log')
  await setLanguage('zh')
  expect(translateSeen('what a probe of your own says')).toBe('what a probe of your own says')
})

it('is told in a fact, while the parser reads what the script said', async () => {
  await setLanguage('zh')
  const blind = [{ what: 'the kernel log', reason: 'permission' as const }]
  const section = { probe: 'mine', text: '', parts: [], blind, exitCode: 0, elapsedMs: 1, uid: 0 }
  const probe = defineProbe({
    ...{ name: 'mine', title: 'mine', needs: {}, script: () => sh`true`, facts: z.array(z.string()) },
    parse: (read) => read.blind.map(({ what }) => what),
  })
  expect(readFact(probe, { sections: { mine: section }, asked: ['mine'], absence: 'connection-lost' })).toEqual({
    known: true,
    value: ['the kernel log'],
    blind: [{ what: '内核日志', reason: 'permission' }],
  })
})

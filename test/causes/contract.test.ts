import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Cause, Holds } from '../../src/causes/define.js'
import { causes } from '../../src/causes/index.js'
import { buildPaths } from '../../src/path/build-paths.js'
import { readAllRecordings } from '../support/recordings.js'
import { diagnoseRecording } from '../support/replay.js'

const folder = new URL('../../src/causes/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  // sample: pm2/pm2-app-stopped.ts, without define.ts, pm2/index.ts and shared/scene.ts
  (file) => /^(?!shared)\w+\/(?!index\.ts)[\w-]+\.ts$/.test(file),
)
const ids = causes.map(({ id }) => id)

describe('the list', () => {
  it.each(files)('has %s, under its layer and id', async (file) => {
    const { default: cause } = await import(new URL(file, folder).href)
    expect(`${cause.layer}/${cause.id}.ts`).toBe(file)
    expect(causes.filter((listed) => listed === cause)).toHaveLength(1)
  })

  it('has each once, and nothing else', () => {
    expect(ids.toSorted()).toEqual(files.map((file) => basename(file, '.ts')).toSorted())
  })

  it('has no two causes of the same title', () => {
    expect(new Set(causes.map(({ title }) => title)).size).toBe(causes.length)
  })
})

describe.each(causes)('$id', ({ id, title, source, explains }) => {
  it('has a title that fits a table, and says where its rule comes from', () => {
    // sample: nginx is not running, Node.js is too old for this Next.js, `next start` cannot serve …
    expect(title).toMatch(/^(?:[a-z`]|Node\.js|Next\.js)/)
    expect(title).toMatch(/[^.\s]$/)
    expect(title.length).toBeLessThanOrEqual(72)
    expect(source).toMatch(/\S/)
  })

  it('explains others that there are, each once', () => {
    expect(ids).toEqual(expect.arrayContaining([...explains]))
    expect(explains).not.toContain(id)
    expect(new Set(explains).size).toBe(explains.length)
  })

  it('is not explained by what it explains, over however many steps', () => {
    expect([...reach(id)]).not.toContain(id)
  })
})

/** All that follows from a cause. */
function reach(id: string): Set<string> {
  const explained = (cause: string) => causes.find((other) => other.id === cause)?.explains ?? []
  const reached = new Set(explained(id))
  for (const step of reached) for (const next of explained(step)) reached.add(next)
  return reached
}

interface Judged {
  host: string
  cause: Cause
  judgement: ReturnType<Cause['judge']>
}

describe('judged on every recorded host', () => {
  const judged: Judged[] = []
  const holding = () => judged.flatMap(({ judgement, ...rest }) => (judgement?.holds ? [{ ...rest, judgement }] : []))

  beforeAll(async () => {
    for (const { name: host, text } of readAllRecordings()) {
      const { facts } = await diagnoseRecording(text)
      for (const path of buildPaths(facts, []))
        for (const cause of causes) judged.push({ host, cause, judgement: cause.judge({ path, facts, login: 'ops' }) })
    }
  })

  /** What is wrong with what a cause says, with where it says it. */
  function faultsIn(check: (judgement: Holds) => boolean): string[] {
    return holding().flatMap(({ host, cause, judgement }) => (check(judgement) ? [] : [`${host}: ${cause.id}`]))
  }

  it('a cause that holds quotes where it was seen', () => {
    expect(holding().length).toBeGreaterThan(50)
    expect(faultsIn(({ evidence }) => evidence.length > 0)).toEqual([])
    expect(faultsIn(({ evidence }) => evidence.every(({ source, text }) => source !== '' && text !== ''))).toEqual([])
  })

  it('and says what it is about, and what to do, in words', () => {
    expect(faultsIn(({ subject }) => isSaid(subject))).toEqual([])
    expect(faultsIn((judgement) => isSaid(withoutQuotes(judgement)))).toEqual([])
    expect(faultsIn(({ remedy }) => remedy.length > 0 && remedy.every(({ note }) => isSaid(note)))).toEqual([])
    expect(faultsIn(({ remedy }) => remedy.every(({ command }) => !command || isSaid(command.text)))).toEqual([])
  })

  it('one that cannot tell says what is missing', () => {
    const undecided = judged.flatMap(({ judgement }) => (judgement?.holds === null ? [judgement.because] : []))
    expect(undecided.length).toBeGreaterThan(0)
    expect(undecided.filter((because) => !isSaid(because))).toEqual([])
  })

  it('none holds on a healthy host', () => {
    const healthy = ['ops/healthy', 'ops/firewall-drop-app', 'guest/healthy']
    expect(holding().filter(({ host }) => healthy.includes(host))).toEqual([])
  })
})

/** The verdict in the cause's own words: what a log says may well be "undefined". */
function withoutQuotes({ summary, evidence }: Holds): string {
  return evidence.reduce((words, { text }) => words.replace(text, '…'), summary)
}

/** Whether a text is one line, with nothing in it that was not there to be said. */
function isSaid(text: string): boolean {
  return (
    text.trim() === text &&
    text !== '' &&
    !/\n|\bundefined\b|\bnull\b|\bNaN\b|\[object/.test(text.replaceAll('/dev/null', ''))
  )
}

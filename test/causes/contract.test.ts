import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Cause, Holds } from '../../src/causes/define.js'
import { causes } from '../../src/causes/index.js'
import { type Findings, setScenes } from '../../src/diagnose/diagnose.js'
import { type Facts, probes } from '../../src/probes/index.js'
import { casesOf, findingsOf, judgeHost } from '../support/cases.js'
import { unseen } from '../support/facts.js'
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

describe.each(causes)('the runbook of $id', ({ id, needs, runbook }) => {
  it('tells how it is noticed and seen, what looks like it, and how it is mended', () => {
    const { symptom, signs, against, remedy } = runbook
    expect([signs.length, against.length, remedy.length].every((count) => count > 0)).toBe(true)
    const texts = [symptom, ...signs, ...against, ...remedy.flatMap(({ step, risk }) => [step, risk])]
    expect(texts.filter((text) => !isClause(text))).toEqual([])
    // sample of what is no risk: none, but it takes a while
    expect(remedy.filter(({ risk }) => risk.startsWith('none') && risk !== 'none')).toEqual([])
  })

  it('names others that there are', () => {
    const named = runbook.against.flatMap(idsIn)
    expect(ids).toEqual(expect.arrayContaining(named))
    expect(named).not.toContain(id)
  })

  it('says by which facts it is judged, each once', () => {
    expect(needs.length).toBeGreaterThan(0)
    expect(new Set(needs).size).toBe(needs.length)
    expect(Object.keys(probes)).toEqual(expect.arrayContaining([...needs]))
  })
})

/** Whether a text is one line without a full stop, and its quotes of commands are closed. */
function isClause(text: string): boolean {
  return isSaid(text) && !/[^.]\.$/.test(text) && text.split('`').length % 2 === 1
}

/** The ids that a look-alike is introduced by: `heap-oom: V8 says so itself`, `disk-full, readonly-fs: …`. */
function idsIn(lookAlike: string): string[] {
  const [introduction = ''] = lookAlike.split(': ')
  const words = introduction.split(', ')
  return words.every((word) => /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(word)) ? words : []
}

describe.each(causes)('$id on a host', (cause) => {
  const { id, needs } = cause
  const { flags, not, unknown } = casesOf(id)
  const best = (findings: Findings) => holdsIn(judgeHost(cause, findings))

  it('is named where it is', async () => {
    expect(best(await findingsOf(flags))).toBeDefined()
  })

  it('is not named where it is not', async () => {
    expect(best(await findingsOf(not))).toBeUndefined()
  })

  it.each(needs)('is not named for certain where %s could not be seen', async (fact) => {
    expect(best(without(fact, await findingsOf(flags)))?.confidence).not.toBe('high')
  })

  it('is judged by what it needs', async () => {
    const findings = await findingsOf(flags)
    const seen = best(findings)?.confidence
    const unseen = needs.reduce((less, fact) => without(fact, less), findings)
    expect(best(unseen)?.confidence).not.toBe(seen)
  })

  it.each(unknown === undefined ? [] : [unknown])(
    'is not named for certain where what decides is missing',
    async (host) => {
      expect(best(await findingsOf(host))?.confidence).not.toBe('high')
    },
  )
})

/** The surest word of a cause on the paths of a host. */
function holdsIn(judgements: readonly ReturnType<Cause['judge']>[]): Holds | undefined {
  const held = judgements.flatMap((judgement) => (judgement?.holds ? [judgement] : []))
  return held.find(({ confidence }) => confidence === 'high') ?? held[0]
}

/** The same host, had its user not been allowed to see this. */
function without(fact: keyof Facts, findings: Findings): Findings {
  return { ...findings, facts: { ...findings.facts, [fact]: unseen(fact) } }
}

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
      for (const scene of setScenes({ facts, apps: [], login: 'ops', fromHere: [] }))
        for (const cause of causes) judged.push({ host, cause, judgement: cause.judge(scene) })
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
    expect(faultsIn(({ remedy }) => remedy.every(({ risk }) => isSaid(risk)))).toEqual([])
    expect(faultsIn(({ remedy }) => remedy.every(({ command }) => !command || isSaid(command.text)))).toEqual([])
  })

  it('one that cannot tell says what is missing, and what would decide it', () => {
    const undecided = judged.flatMap(({ cause, judgement }) =>
      judgement?.holds === null ? [{ cause, judgement }] : [],
    )
    expect(undecided.length).toBeGreaterThan(0)
    const dumb = undecided.filter(({ judgement: { because, decide = '' } }) => !isSaid(because) || !isSaid(decide))
    expect([...new Set(dumb.map(({ cause }) => cause.id))]).toEqual([])
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

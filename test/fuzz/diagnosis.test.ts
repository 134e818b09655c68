import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notChecked, toRunRecord } from '../../src/make-record.js'
import { runRecordSchema } from '../../src/record.js'
import { renderJson } from '../../src/report/json.js'
import { renderReport } from '../../src/report/text.js'
import { diagnoseRecording } from '../support/replay.js'
import { recordingsOf } from './captures.js'
import { mutated } from './mutate.js'
import { fuzz } from './run.js'

const ops = recordingsOf('ops')
const guest = recordingsOf('guest')
const accounts = [
  ['ops', ops],
  ['guest', guest],
] as const

type Diagnosed = Awaited<ReturnType<typeof diagnoseRecording>>

function toRecord(diagnosed: Diagnosed) {
  const host = { name: 'web', address: '192.0.2.1', port: 22, user: 'ops', groups: [], labels: {}, apps: [] }
  const run = { startedAt: '2026-11-24T08:00:00.000Z', elapsedMs: 0, interrupted: false }
  return toRunRecord([{ ...notChecked(host), ...diagnosed }], run)
}

/** Whether what was found can be told in every format. */
function expectTold(diagnosed: Diagnosed): void {
  const record = toRecord(diagnosed)
  expect(runRecordSchema.safeParse(JSON.parse([...renderJson(record)].join(''))).error).toBeUndefined()
  expect(renderReport(record, { width: 80, color: false, unicode: false })).toMatch(/\n$/)
}

const isBroken = async (recording: string) => (await diagnoseRecording(recording)).status === 'broken'

const isOutage = ({ effect }: Diagnosed['causes'][number]) => effect === 'outage'

/** The recording without each of the pieces that start with one of these frames. */
function* withoutOne(recording: string, frames: string): Generator<[string, string]> {
  const pieces = recording.split(/^(?=@fleetdx-recorded )/m)
  for (const [at, piece] of pieces.entries()) {
    if (new RegExp(`^@fleetdx-recorded (?:${frames}) `).test(piece))
      yield [piece.split('\n')[0] ?? '', pieces.filter((_, other) => other !== at).join('')]
  }
}

/** The recording with one section cut off before each of its parts, as by its size limit; and without it. */
function* withOneCut(recording: string): Generator<[string, string]> {
  // sample: @fleetdx-recorded begin nginx 0 … @fleetdx-recorded end nginx 240
  for (const [section = '', name] of recording.matchAll(
    /^@fleetdx-recorded begin (\S+) [\s\S]*?^@fleetdx-recorded end .*\n/gm,
  )) {
    yield [`${name} gone`, recording.replace(section, () => '')]
    const end = section.slice(section.lastIndexOf('@fleetdx-recorded end'))
    for (const { index } of section.matchAll(/^@fleetdx-recorded (?:part|cannot|exit) /gm))
      yield [`${name} cut at ${index}`, recording.replace(section, () => section.slice(0, index) + end)]
  }
}

/** Each with what was dropped, for those whose diagnosis is not as it should be. */
async function findWrong(
  spoilt: Iterable<[string, string]>,
  isWrong: (diagnosed: Diagnosed) => boolean,
): Promise<string[]> {
  const wrong: string[] = []
  for (const [name, recording] of spoilt) if (isWrong(await diagnoseRecording(recording))) wrong.push(name)
  return wrong
}

describe.each(accounts)('what %s saw', (_, recordings) => {
  test('is diagnosed and told, whatever went wrong with it', async () => {
    const property = fc.asyncProperty(mutated([...recordings.values()]), async (recording) => {
      expectTold(await diagnoseRecording(recording))
    })
    await fc.assert(property, fuzz(60))
  })

  test('of a healthy host is no outage without one of its parts', async () => {
    const spoilt = withoutOne(recordings.get('healthy') ?? '', 'part|cannot|exit')
    expect(await findWrong(spoilt, ({ causes }) => causes.some(isOutage))).toEqual([])
  })

  test('of a healthy host is no outage with a section cut off, or gone', async () => {
    const spoilt = withOneCut(recordings.get('healthy') ?? '')
    expect(await findWrong(spoilt, ({ causes }) => causes.some(isOutage))).toEqual([])
  })
})

describe('what was not seen', () => {
  // A port that the firewall closes shows in a request from outside, which no recording holds.
  const broken = [...ops, ...[...guest].map(([name, text]) => [`${name}, as guest`, text] as const)].filter(
    ([name]) => !/^(?:healthy|public-port-blocked)/.test(name),
  )

  test('makes no broken host healthy: a section is cut off, or gone', { timeout: 120_000 }, async () => {
    const cuts = broken.flatMap(([name, text]) =>
      [...withOneCut(text)].map(([what, recording]): [string, string, string] => [`${name}: ${what}`, text, recording]),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cuts), async ([name, whole, recording]) => {
        fc.pre(await isBroken(whole))
        expect([name, (await diagnoseRecording(recording)).status]).not.toEqual([name, 'healthy'])
      }),
      fuzz(100),
    )
  })

  test('makes no broken host healthy: the connection was lost', async () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...broken), place, async ([name, whole], at) => {
        fc.pre(await isBroken(whole))
        const { status } = await diagnoseRecording(whole.slice(0, Math.floor(at * whole.length)))
        expect([name, status]).not.toEqual([name, 'healthy'])
      }),
      fuzz(60),
    )
  })

  test.each(['nginx', 'http'])('makes no broken host healthy: the section of %s is gone', async (section) => {
    const gone = new RegExp(`^@fleetdx-recorded begin ${section} [\\s\\S]*?^@fleetdx-recorded end .*\\n`, 'm')
    for (const [name, text] of broken) {
      if (!(await isBroken(text))) continue
      const { status } = await diagnoseRecording(text.replace(gone, ''))
      expect([name, status]).not.toEqual([name, 'healthy'])
    }
  })
})

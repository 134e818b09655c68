import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/collect/capture.js'
import { collect } from '../../src/collect/collect.js'
import { isOutput } from '../../src/collect/output.js'
import { readFacts } from '../../src/probes/index.js'
import type { CommandEnd, CommandOptions, Session } from '../../src/ssh/session.js'
import { outputNonce, toOutput } from '../support/outputs.js'
import { readRecording } from '../support/recordings.js'

const output = toOutput(readRecording('ops', 'pm2-app-stopped'))
const host = { sudo: 'auto' as const, apps: [], timeouts: { connectMs: 1000, commandMs: 5000, hostMs: 5000 } }

/** A host that answers every round with the same text, as one with a forced command does. */
function answer(text: string, end: Partial<CommandEnd> = {}): Session & { rounds: CommandOptions[] } {
  const rounds: CommandOptions[] = []
  return {
    rounds,
    transport: { kind: 'ssh2' },
    close: () => {},
    async run(_, options) {
      rounds.push(options)
      options.onOutput(Buffer.from(text))
      return { exitCode: 0, stderr: '', ...end }
    },
  }
}

const look = (session: Session): Promise<Capture> => collect(session, host, new AbortController().signal)

describe('a host that answers with the stand-alone script', () => {
  it('is asked once, and told whole', async () => {
    const session = answer(`Welcome to web1\r\n${output}`)
    const { trouble, right, standAloneVersion, asked, sections } = await look(session)
    expect(session.rounds.length).toBe(1)
    expect({ trouble, right, standAloneVersion }).toEqual({
      trouble: [],
      right: { user: 'ops', kind: 'sudo' },
      standAloneVersion: '0.1.0',
    })
    expect(Object.keys(sections).sort()).toEqual([...asked].sort())
    expect(sections['nginx-errors']).toBeDefined()
  })

  it('is believed no more than any other: no controls, no secrets, no names that are none', async () => {
    const hostile = output
      .replace('kernel Linux', 'kernel \u001b[31mLinux postgres://app:hunter2@db/shop')
      .replace(' asked ', ' asked __proto__ UPPER ')
      .replace(' begin host ', ` begin __proto__ 0\nx\n\n${outputNonce} end __proto__ 1 \n\n${outputNonce} begin host `)
    const { sections, asked } = await look(answer(hostile))
    expect(asked.filter((name) => /[A-Z_]/.test(name))).toEqual([])
    expect(Object.getPrototypeOf(sections)).toBe(Object.prototype)
    expect(sections.host?.text).toContain('kernel Linux postgres://app:***@db/shop')
  })

  it('keeps to the bounds of both rounds', async () => {
    const [own] = [answer(output)]
    await look(own)
    const plain = answer('')
    await look(plain)
    expect(own.rounds[0]?.maxBytes).toBe(plain.rounds[0]?.maxBytes)
    expect(own.rounds[0]?.maxBytes).toBeLessThan(24 * 1024 * 1024)
  })

  it.each([
    ['aborted', 'deadline'],
    ['too-much-output', 'size-limit'],
    ['connection-lost', 'connection-lost'],
  ] as const)('that was cut off (%s) keeps what had come', async (cut, reason) => {
    const text = output.slice(0, output.indexOf('begin listeners ') + 20)
    const capture = await look(answer(text, { exitCode: null, cut }))
    expect(capture.absence).toBe(reason)
    expect(capture.trouble).toEqual([expect.stringMatching(/^only \d+ sections came: /)])
    expect(readFacts(capture).host.known).toBe(true)
    expect(readFacts(capture).processes).toMatchObject({ known: false, because: { reason } })
  })

  it('tells its clock beside ours', async () => {
    const before = Date.now()
    const { clock } = await look(answer(output))
    const times = [before, clock?.askedMs ?? 0, clock?.receivedMs ?? 0, Date.now()]
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })
})

it('takes no output that is quoted in the answer of our own script', async () => {
  const session: Session = {
    ...answer(''),
    async run(_, { input, onOutput }) {
      const [word = ''] = /@fleetdx-[0-9a-f]{24}/.exec(input) ?? []
      onOutput(
        Buffer.from(`\n${word} begin host 0\n${output}\n${word} exit 0\n\n${word} end host 5 \n\n${word} done\n`),
      )
      return { exitCode: 0, stderr: '' }
    },
  }
  const capture = await look(session)
  expect(capture).not.toHaveProperty('standAloneVersion')
  expect(capture.asked).toContain('listeners')
})

it('knows an output by its head alone', () => {
  expect(isOutput(output)).toBe(true)
  expect(isOutput(output.replace(' output 1 ', ' output 2 '))).toBe(false)
  expect(isOutput(`x${output.trimStart()}`)).toBe(false)
})

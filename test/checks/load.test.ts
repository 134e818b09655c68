import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCustomFacts } from '../../src/checks/extensions.js'
import { loadExtensions } from '../../src/checks/load.js'
import { openCapture } from '../../src/collect/capture.js'
import { collect } from '../../src/collect/collect.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import { formatPlace, UserErrors } from '../../src/errors.js'
import { formatBlind } from '../../src/fact.js'
import { createLocalSession } from '../../src/ssh/local.js'
import { servingFacts } from '../support/facts.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

const queueProbe = `
import { defineProbe, sh } from 'fleetdx'
import { z } from 'zod'
export const queue: unknown = null
export default defineProbe({
  name: 'queue',
  title: 'the queue',
  needs: {},
  script: () => sh\`echo jobs \${"it's 17"}\`,
  facts: z.object({ jobs: z.number() }),
  parse: ({ text }) => ({ jobs: Number.parseInt(text.replace("jobs it's ", '')) }),
})
`

/** What the probes of the folder find on this machine. */
async function look() {
  const { probes } = await loadExtensions(folder)
  const timeouts = { connectMs: 1000, commandMs: 30_000, hostMs: 60_000 }
  const host = { apps: [], sudo: 'never' as const, timeouts }
  const capture = await collect(createLocalSession(), host, new AbortController().signal, probes)
  expect(capture.trouble).toEqual([])
  return readCustomFacts(probes, capture)
}

/** What the causes of the folder say of a host on which all is well. */
async function judge(custom: Record<string, unknown> = {}) {
  const { causes } = await loadExtensions(folder)
  const facts = Object.fromEntries(
    Object.entries(custom).map(([name, value]) => [name, { known: true as const, value, blind: [] }]),
  )
  const { undecided, causes: found } = diagnose({
    facts: servingFacts(),
    apps: [],
    login: 'ops',
    fromHere: [],
    custom: { facts, causes },
  })
  return { undecided, found: found.map(({ id, summary, effect, remedy }) => ({ id, summary, effect, remedy })) }
}

async function mistakes(): Promise<string[]> {
  try {
    await loadExtensions(folder)
  } catch (error) {
    if (!(error instanceof UserErrors)) throw error
    return error.mistakes.map(
      ({ message, place }) => `${place ? formatPlace(place).replace(`${folder}/`, '') : ''}: ${message}`,
    )
  }
  return []
}

describe('a module', () => {
  it('gives probes, in TypeScript or JavaScript, one or several', async () => {
    write('queue.ts', queueProbe)
    write(
      'more.mjs',
      `${queueProbe.replace(': unknown', '').replace("name: 'queue'", "name: 'line'").replace('default', 'default [')}]`.replace(
        ')\n]',
        ')]',
      ),
    )
    write('types.d.ts', 'declare const x: 1')
    write('_draft.ts', 'not a module')
    write('README.md', 'nonsense')
    expect(await look()).toEqual({
      line: { known: true, value: { jobs: 17 }, blind: [] },
      queue: { known: true, value: { jobs: 17 }, blind: [] },
    })
  })

  it('may import its neighbours', async () => {
    write('_words.ts', "export const title: string = 'from the neighbour'")
    write(
      'queue.ts',
      queueProbe
        .replace('import { z }', "import { title } from './_words.js'\nimport { z }")
        .replace("'the queue'", 'title'),
    )
    const { probes } = await loadExtensions(folder)
    expect(probes.map(({ title }) => title)).toEqual(['from the neighbour'])
  })

  it('gives causes, which see the facts of its probes and the built-in ones', async () => {
    write('queue.ts', queueProbe)
    write(
      'stuck.ts',
      `
import { defineCause, factOf, knownValue, probes, sh } from 'fleetdx'
import queue from './queue.js'
export default defineCause({
  id: 'queue-stuck', title: 'the queue is stuck', layer: 'app', breaks: 'answer', explains: [], source: 'our runbook',
  judge: (scene) => {
    const fact = factOf(scene, queue)
    if (!fact.known) return { holds: null, because: 'the queue was not seen', decide: 'queue status' }
    if (fact.value.jobs < 10) return undefined
    return {
      holds: true, confidence: 'high', subject: 'queue', summary: fact.value.jobs + ' jobs on ' + knownValue(factOf(scene, probes.host)).hostname,
      evidence: [], remedy: [{ command: sh\`restart \${'a b'}\`, note: 'restarts the queue', risk: 'drops running jobs' }],
    }
  },
})`,
    )
    expect((await judge({ queue: { jobs: 17 } })).found).toEqual([
      {
        id: 'queue-stuck',
        summary: '17 jobs on web1',
        effect: 'risk',
        remedy: [{ command: "restart 'a b'", note: 'restarts the queue', risk: 'drops running jobs' }],
      },
    ])
    expect(await judge({ queue: { jobs: 1 } })).toEqual({ found: [], undecided: [] })
    expect((await judge()).undecided).toMatchObject([
      { id: 'queue-stuck', title: 'the queue is stuck', because: 'the queue was not seen', decide: 'queue status' },
    ])
  })
})

describe('what fails in a module costs itself only', () => {
  it('in a probe: its script, its shell, its parser, its facts', async () => {
    const variant = (name: string, from: string, to: string) =>
      write(`${name}.ts`, queueProbe.replace("name: 'queue'", `name: '${name}'`).replace(from, to))
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
    const script = 'sh`echo jobs ${"it\'s 17"}`'
    variant('a-script', script, "{ throw new Error('no idea') }".replace('{', '{ if (true)'))
    variant('b-text', script, "'echo plain text'")
    variant('c-shell', script, "sh`if then ( '`")
    variant('d-parser', 'parse: ({ text }) => (', "parse: ({ text }) => (undefined as never)['x'] ?? (")
    variant('e-facts', 'z.number()', 'z.string()')
    variant('f-good', 'x', 'x')
    const facts = await look()
    const told = Object.entries(facts).map(([name, fact]) => [
      name,
      fact.known ? fact.value : formatBlind(fact.because),
    ])
    expect(Object.fromEntries(told)).toEqual({
      'a-script': 'the queue (unparsable: its script could not be made: no idea)',
      'b-text': expect.stringMatching(/^the queue \(unparsable: its script could not be made: .*Script/),
      'c-shell': 'the queue (unparsable: jobs is no fact: Invalid input: expected number, received NaN)',
      'd-parser': expect.stringMatching(/^the queue \(unparsable: Cannot read properties of undefined/),
      'e-facts': 'the queue (unparsable: jobs is no fact: Invalid input: expected string, received number)',
      'f-good': { jobs: 17 },
    })
  })

  it.each([
    ['throws', "() => { throw new Error('no idea') }", /^its code failed: no idea$/],
    ['gives nonsense', "() => 'yes'", /^its code failed: /],
    [
      'gives a command that is text',
      "() => ({ holds: true, confidence: 'high', subject: '', summary: '', evidence: [], remedy: [{ command: 'rm', note: '' }] })",
      /^its code failed: /,
    ],
  ])('in a cause that %s', async (_, code, because) => {
    write(
      'bad.ts',
      `import { defineCause } from 'fleetdx'
       export default defineCause({ id: 'bad', title: 'bad', layer: 'app', breaks: 'answer', explains: [], source: 'x', judge: (${code}) as never })`,
    )
    expect(await judge()).toMatchObject({
      found: [],
      undecided: [{ id: 'bad', title: 'bad', because: expect.stringMatching(because) }],
    })
  })
})

describe('a mistake in a module', () => {
  it('is told with the file and, where it is known, the line', async () => {
    write('a-syntax.ts', 'const x: number =\nexport default 1')
    write('b-throws.ts', '\nconst settings = JSON.parse("{}")\nexport default settings.deep.down')
    write('c-import.ts', "import { x } from './nowhere.js'\nexport default x")
    write('d-nothing.ts', 'export const x = 1')
    write('e-other.ts', 'export default 42')
    expect(await mistakes()).toEqual([
      expect.stringMatching(/^a-syntax\.ts:2: this module cannot be loaded: ParseError: Unexpected token/),
      expect.stringMatching(/^b-throws\.ts:3: this module cannot be loaded: Cannot read properties of undefined/),
      expect.stringMatching(/^c-import\.ts.*: this module cannot be loaded: Cannot find module '\.\/nowhere\.js'/),
      'd-nothing.ts: this module has no default export',
      'e-other.ts: its default export is neither a probe nor a cause',
    ])
  })

  it('is told for each item that cannot be used', async () => {
    write(
      'items.mjs',
      `
import { defineCause, defineProbe, probes } from 'fleetdx'
import { z } from 'zod'
const probe = { name: 'ok', title: 'ok', needs: {}, script: () => undefined, facts: z.string(), parse: () => '' }
const cause = { id: 'fine', title: 'fine', layer: 'app', breaks: 'answer', explains: [], source: 'x', judge: () => undefined }
export default [
  probe,
  defineProbe({ ...probe, name: 'nginx' }),
  defineProbe({ ...probe, name: 'check-it' }),
  defineProbe({ ...probe, name: 'It', limits: { seconds: 0 } }),
  defineProbe({ ...probe, facts: {} }),
  defineProbe({ ...probe, name: 'late', needs: { 'nginx-errors': probes['nginx-errors'] } }),
  defineProbe({ ...probe, name: 'twin' }),
  defineProbe({ ...probe, name: 'twin' }),
  defineCause({ ...cause, id: 'no-listener' }),
  defineCause({ ...cause, breaks: 'everything', judge: 'no' }),
  null,
]`,
    )
    const edges = 'gateway, entrance, site, target, process, manager, folder, build, answer'
    expect(await mistakes()).toEqual(
      [
        "probe 'ok': 'elevated' must be true or false: define it with defineProbe",
        "probe 'ok': 'limits' are missing: define it with defineProbe",
        "probe 'nginx': 'name' is the name of a built-in probe",
        "probe 'check-it': 'name' must not start with 'check-', as the checks of an inventory do",
        "probe 'It': 'name' must be lower-case words joined by '-'",
        "probe 'It': 'limits.seconds' must be a whole number from 1 to 300",
        "probe 'ok': 'facts' must be a schema of zod",
        "probe 'late': 'needs' may hold built-in probes of the first round only, each under its own name",
        "cause 'no-listener': 'id' is the id of a built-in cause",
        `cause 'fine': 'breaks' must be one of ${edges}`,
        "cause 'fine': 'judge' must be a function",
        'item 11 of its default export is neither a probe nor a cause',
        `probe 'twin' is in ${folder}/items.mjs too`,
      ].map((text) => `items.mjs: ${text}`),
    )
  })
})

it('an empty folder gives nothing, and no folder neither', async () => {
  expect(await loadExtensions(folder)).toEqual({ probes: [], causes: [] })
  expect(await loadExtensions(undefined)).toEqual({ probes: [], causes: [] })
  expect(readCustomFacts([], openCapture())).toEqual({})
})

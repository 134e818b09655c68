import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runRecordSchema } from '../../src/record.js'
import { fleetdx } from '../support/fleetdx.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const check = (...words: string[]) => fleetdx(['check', '--local', '--checks', folder, ...words], { cwd: folder })

it('checks of a folder, in YAML and TypeScript, run beside the built-in ones', async () => {
  write(
    'disk.yaml',
    'checks: [{ name: answer, command: echo 41, expect: { number: { equals: 42 } }, severity: outage }]',
  )
  write(
    'load.ts',
    `import { defineProbe, sh } from 'fleetdx'
     import { z } from 'zod'
     export default defineProbe({ name: 'load', title: 'the load', needs: {}, script: () => sh\`echo 1\`, facts: z.string(), parse: ({ text }): string => text })`,
  )
  const { exitCode, stdout } = await check('--format', 'json')
  expect(exitCode).toBe(1)
  expect(runRecordSchema.parse(JSON.parse(stdout)).hosts).toMatchObject([
    {
      status: 'broken',
      checks: [{ name: 'answer', state: 'fail', message: '41, not 42' }],
      custom: { load: { known: true, value: '1\n' } },
    },
  ])
  expect((await check()).stdout).toMatch(/^HOST .* ANSWER /)
})

it('what cannot be used is told before anything is asked', async () => {
  write('bad.ts', 'export default 1')
  expect(await check()).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `fleetdx: ${folder}/bad.ts: its default export is neither a probe nor a cause
  export default defineProbe(…), defineCause(…), or a list of them; both come from fleetdx
`,
  })
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type HostCapture, hostCaptureSchema } from '../../src/capture/host-capture.js'
import { guardProbe } from '../../src/checks/guard.js'
import type { Host } from '../../src/inventory/host.js'
import { check, replay } from '../../src/pipeline.js'
import { defineProbe } from '../../src/probes/define.js'
import { runRecordSchema } from '../../src/record.js'
import { sh } from '../../src/shell.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { makeChecks } from '../support/run-checks.js'
import { makeHost } from '../support/sshd.js'

const load = guardProbe(
  defineProbe({
    name: 'load',
    title: 'the load',
    needs: {},
    script: () => sh`cat /proc/loadavg`,
    facts: z.object({ load1: z.number() }),
    parse: ({ text }) => ({ load1: Number(text.split(' ')[0]) }),
  }),
)
const extensions = { probes: [load], causes: [] }

async function checkHere(overrides: Partial<Host>) {
  const hosts = [makeHost({ transport: 'local', ...overrides })]
  const captures: HostCapture[] = []
  const record = await check({
    hosts,
    credentials: await loadCredentials(hosts, { env: {} }),
    jobs: 1,
    runMs: 60_000,
    interrupt: new AbortController().signal,
    onProgress: () => {},
    onCapture: async (capture) => {
      captures.push(capture)
    },
    extensions,
  })
  const [host] = record.hosts
  if (!host) throw new Error('no record')
  return { host, record, captures }
}

describe('a run with checks', () => {
  const checks = makeChecks(
    { name: 'good', command: 'echo 17', expect: { number: { below: 18 } } },
    { name: 'bad', command: 'echo token=s3cretvalue; exit 1', severity: 'outage', message: 'it is broken' },
  )

  it('has them in its record, and is told again from what was saved', async () => {
    const { host, record, captures } = await checkHere({ checks })
    expect(host).toMatchObject({
      status: 'broken',
      checks: [
        { name: 'good', state: 'pass', message: '17' },
        { name: 'bad', state: 'fail', message: 'exit code 1, not 0' },
      ],
      custom: { load: { known: true, value: { load1: expect.any(Number) } } },
    })
    expect(host.causes.map(({ id }) => id)).toContain('check-bad')
    const saved = JSON.stringify(captures)
    expect(saved).not.toContain('s3cretvalue')
    const again = replay(z.array(hostCaptureSchema).parse(JSON.parse(saved)), record, { extensions })
    expect(again.hosts).toEqual(record.hosts)
    expect(runRecordSchema.parse(JSON.parse(JSON.stringify(record))).hosts).toEqual(record.hosts)
  })

  it('has all else in time, however slow they are', async () => {
    const slow = makeChecks(
      { name: 'slow', command: 'sleep 661', timeout: '60s' },
      { name: 'later', command: 'true' },
      { name: 'elevated', command: 'true', sudo: true },
    )
    const timeouts = { connectMs: 10_000, commandMs: 12_000, hostMs: 60_000 }
    const { host } = await checkHere({ checks: slow, timeouts })
    expect(host.checks.map(({ name, state }) => [name, state])).toEqual([
      ['slow', 'unknown'],
      ['later', 'unknown'],
      ['elevated', 'pass'],
    ])
    expect(host.facts?.['kernel-log'].known).toBe(true)
  })
})

it('a record of before there were checks is still one', async () => {
  const { record } = await checkHere({})
  const { checks: _, custom: __, ...old } = record.hosts[0] ?? {}
  expect(runRecordSchema.parse({ ...record, hosts: [old] }).hosts[0]).toMatchObject({ checks: [], custom: {} })
})

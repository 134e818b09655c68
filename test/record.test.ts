import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, it } from 'vitest'
import { captureVersion, type HostCapture } from '../src/capture/host-capture.js'
import { collect } from '../src/collect/collect.js'
import { replay } from '../src/pipeline.js'
import { type RunRecord, runRecordSchema } from '../src/record.js'
import { renderJson } from '../src/report/json.js'
import { createRecordJsonSchema } from '../src/report/record-json-schema.js'
import { type RecordedUser, readRecording, recordedFaults, recordedUsers } from './support/recordings.js'
import { replaySession } from './support/replay.js'

/** A record of real hosts, as a run over them makes it: what is printed is what both schemas promise. */
let record: RunRecord

const startedAt = '2026-03-01T12:00:00.000Z'

beforeAll(async () => {
  const captures: HostCapture[] = []
  for (const user of recordedUsers) for (const fault of recordedFaults(user)) captures.push(await capture(user, fault))
  record = replay(captures, { startedAt, elapsedMs: 3214, interrupted: false })
})

async function capture(user: RecordedUser, fault: string): Promise<HostCapture> {
  const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
  const session = replaySession(readRecording(user, fault))
  return {
    captureVersion,
    fleetdxVersion: '0.1.0',
    host: {
      name: `${fault}-${user}`,
      address: '10.0.0.1',
      port: 22,
      user,
      labels: { site: 'lab' },
      groups: ['all', 'lab'],
      apps: [],
    },
    startedAt,
    elapsedMs: 812,
    outcome: {
      kind: 'collected',
      capture: await collect(session, { sudo: 'auto', apps: [], timeouts }, new AbortController().signal),
      fromHere: [],
    },
  }
}

it('is what its own schema says, with no field that the schema would drop', () => {
  expect(runRecordSchema.parse(record)).toEqual(record)
})

it('comes back from its JSON as it was', () => {
  expect(runRecordSchema.parse(JSON.parse([...renderJson(record)].join('')))).toEqual(record)
})

it('is what the published JSON Schema says', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(createRecordJsonSchema())
  validate(JSON.parse([...renderJson(record)].join('')))
  expect(validate.errors ?? []).toEqual([])
})

it('counts each host once, with whom it was looked at as', () => {
  const hosts = recordedUsers.flatMap(recordedFaults)
  expect(Object.values(record.counts).reduce((sum, count) => sum + count)).toBe(hosts.length)
  expect(record.counts.unreachable).toBe(0)
  expect(new Set(record.hosts.map(({ user, right }) => `${user}: ${right?.user} by ${right?.kind}`))).toEqual(
    new Set(['ops: ops by sudo', 'guest: guest by refused']),
  )
})

it('holds no control character, and no frame of the collection', () => {
  expect([...renderJson(record)].join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]|@fleetdx/)
})

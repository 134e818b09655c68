import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { renderNdjson } from '../../src/report/ndjson.js'
import { createLineJsonSchema } from '../../src/report/record-json-schema.js'
import { brokenHost, hostRecord, runRecord, unreachableHost } from '../support/record.js'

const record = runRecord([hostRecord(), brokenHost({ name: 'web2' }), unreachableHost({ name: 'web3' })])
const lines = [...renderNdjson(record)]

it('is a line a host, and one for the run, by the published schema', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(createLineJsonSchema())
  for (const line of lines) {
    expect(line.indexOf('\n')).toBe(line.length - 1)
    validate(JSON.parse(line))
    expect(validate.errors ?? []).toEqual([])
  }
  expect(validate({ kind: 'other' })).toBe(false)
})

it('says its kind first, and loses nothing of the record', () => {
  expect(lines.map((line) => line.slice(0, 14))).toEqual([...Array(3).fill('{"kind":"host"'), '{"kind":"run",'])
  const [run, ...hosts] = lines.map((line) => JSON.parse(line)).reverse()
  const { kind: _, ...rest } = run
  expect({ ...rest, hosts: hosts.reverse().map(({ kind: _, schemaVersion: _version, ...host }) => host) }).toEqual(
    record,
  )
})

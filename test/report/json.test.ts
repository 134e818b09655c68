import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { runRecordSchema } from '../../src/record.js'
import { renderJson } from '../../src/report/json.js'
import { createRecordJsonSchema } from '../../src/report/record-json-schema.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'

const record = runRecord([hostRecord(), brokenHost(), unreachableHost()])
const validate = new Ajv2020({ allErrors: true }).compile(createRecordJsonSchema())

test('prints the record, indented, with a line feed at the end', () => {
  const text = [...renderJson(record)].join('')
  expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n.*\n\}\n$/s)
  expect(runRecordSchema.parse(JSON.parse(text))).toEqual(record)
})

test('the published schema takes what is printed', () => {
  validate(JSON.parse([...renderJson(record)].join('')))
  expect(validate.errors ?? []).toEqual([])
})

test('the published schema takes fields that come later', () => {
  expect(validate({ ...record, later: true })).toBe(true)
})

test('the published schema refuses what is no record', () => {
  const { evidence: _, ...cause } = causeRecord()
  expect(validate({ ...record, hosts: [{ ...hostRecord(), causes: [cause] }] })).toBe(false)
  expect(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([
    "/hosts/0/causes/0 must have required property 'evidence'",
  ])
  expect(validate({ ...record, schemaVersion: 2 })).toBe(false)
})

import { describe, expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { renderPlain } from '../../src/report/plain.js'
import { renderReport } from '../../src/report/text.js'
import { brokenHost, hostRecord, runRecord } from '../support/record.js'

const options = { width: 120, color: false, unicode: true }
const waiver = { reason: 'moves in May', owner: 'ops', until: '2026-03-31' }

function waived(name: string, isExpired: boolean): HostRecord {
  const host = brokenHost({ name })
  const applied = host.causes.map(({ id, subject }) => ({ ...waiver, cause: id, subject, isExpired }))
  return { ...host, waivers: applied, isWaived: !isExpired }
}

describe('a waived host', () => {
  const record = runRecord([waived('web2', false), brokenHost({ name: 'web3' }), hostRecord({ name: 'web1' })])
  const text = renderReport(record, options)

  it('stands below what is not, in the table, with its status and that it is waived', () => {
    const rows = text.split('\n').slice(2, 5)
    expect(rows.map((row) => row.split(/\s+/)[0])).toEqual(['web3', 'web2', 'web1'])
    expect(rows[1]).toContain('✖ waived: next-build-missing')
  })

  it('says by whom, why and until when', () => {
    expect(text).toContain('  note  next-build-missing is waived until 2026-03-31 (ops: moves in May)\n')
    expect(renderPlain(record, options)).toContain(
      '\nWaiver: next-build-missing is waived until 2026-03-31 (ops: moves in May)\n',
    )
  })

  it('is counted apart', () => {
    expect(text.trimEnd().split('\n').at(-1)).toBe('3 hosts: 2 broken, 1 healthy, 1 of them waived — in 3.2 s')
  })
})

it('says that a waiver has expired, and treats the host like any other', () => {
  const text = renderReport(runRecord([waived('web2', true)]), options)
  expect(text).toContain(
    '  note  the waiver of next-build-missing has expired: it held until 2026-03-31 (ops: moves in May)\n',
  )
  expect(text).not.toContain('waived: ')
  expect(text).toContain('1 host: 1 broken — in 3.2 s')
})

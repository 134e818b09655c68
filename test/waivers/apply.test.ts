import { describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/exit-code.js'
import { applyWaivers } from '../../src/waivers/apply.js'
import type { Waiver } from '../../src/waivers/waiver.js'
import { causeRecord, hostRecord, runRecord } from '../support/record.js'

const today = '2026-11-24'
const waiver: Waiver = {
  ...{ hosts: ['web'], causes: ['pm2-app-stopped'], reason: 'moved', owner: 'ops', until: '2027-01-31' },
}
const stopped = causeRecord({ id: 'pm2-app-stopped', subject: 'worker' })
const host = hostRecord({ name: 'web01', status: 'degraded', groups: ['web'], causes: [stopped] })

describe('a waived problem', () => {
  it('is shown as such, and does not make the run fail', () => {
    const waived = applyWaivers(host, [waiver], today)
    expect(waived).toMatchObject({
      status: 'degraded',
      isWaived: true,
      waivers: [
        {
          cause: 'pm2-app-stopped',
          subject: 'worker',
          reason: 'moved',
          owner: 'ops',
          until: '2027-01-31',
          isExpired: false,
        },
      ],
    })
    expect(exitCodeOf(runRecord([waived]))).toBe(0)
    expect(exitCodeOf(runRecord([waived, host]))).toBe(1)
  })

  it('holds on its last day, and counts again on the day after', () => {
    expect(applyWaivers(host, [waiver], '2027-01-31').isWaived).toBe(true)
    const expired = applyWaivers(host, [waiver], '2027-02-01')
    expect(expired).toMatchObject({ isWaived: false, waivers: [{ isExpired: true }] })
    expect(exitCodeOf(runRecord([expired]))).toBe(1)
  })

  it('falls under the waiver that holds longest', () => {
    const over = { ...waiver, until: '2020-01-01' }
    expect(applyWaivers(host, [over, waiver], today)).toMatchObject({
      isWaived: true,
      waivers: [{ until: '2027-01-31' }],
    })
  })

  it('does not hide another problem of the host', () => {
    const both = { ...host, causes: [stopped, causeRecord({ id: 'disk-full', subject: '/' })] }
    expect(applyWaivers(both, [waiver], today)).toMatchObject({
      isWaived: false,
      waivers: [{ cause: 'pm2-app-stopped' }],
    })
  })

  it('is about one subject, where the waiver names it', () => {
    const about = { ...waiver, subject: 'work*' }
    const other = { ...host, causes: [stopped, { ...stopped, subject: 'shop' }] }
    expect(applyWaivers(host, [about], today).isWaived).toBe(true)
    expect(applyWaivers(other, [about], today)).toMatchObject({ isWaived: false, waivers: [{ subject: 'worker' }] })
  })
})

describe('a host without a cause', () => {
  it.each(['unreachable', 'unknown', 'broken'] as const)('is waived by its status %s', (status) => {
    const bare = hostRecord({ name: 'web02', status, groups: ['web'], causes: [] })
    expect(applyWaivers(bare, [{ ...waiver, causes: [status] }], today).isWaived).toBe(true)
    expect(applyWaivers(bare, [waiver], today).isWaived).toBe(false)
  })

  it('that is healthy needs no waiver', () => {
    const well = hostRecord({ name: 'web03', status: 'healthy', groups: ['web'], causes: [] })
    expect(applyWaivers(well, [waiver], today)).toMatchObject({ isWaived: false, waivers: [] })
  })
})

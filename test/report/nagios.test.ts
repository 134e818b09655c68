import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/exit-code.js'
import { setLanguage } from '../../src/language/language.js'
import type { HostRecord } from '../../src/record.js'
import { renderNagios, renderPluginFailure } from '../../src/report/nagios.js'
import { brokenHost, hostRecord, runRecord, unreachableHost } from '../support/record.js'

const first = (hosts: HostRecord[]) => renderNagios(runRecord(hosts)).split('\n', 1)[0] ?? ''
const degraded = (name: string) => hostRecord({ name, status: 'degraded', verdict: 'a disk fills up' })
const unknown = (name: string) => hostRecord({ name, status: 'unknown', verdict: 'pm2 could not be asked' })
const waived = (host: HostRecord): HostRecord => ({ ...host, isWaived: true })

afterEach(() => setLanguage('en'))

describe('the first line', () => {
  it('says the state, what decides it, and the counts', () => {
    const hosts = [brokenHost({ name: 'web03' }), brokenHost({ name: 'web04' }), unreachableHost({ name: 'db1' })]
    expect(first([...hosts, hostRecord(), degraded('web05')])).toBe(
      'FLEETDX CRITICAL - 2 of 5 hosts broken: web[03-04] (next-build-missing); 1 of 5 hosts unreachable: db1 (auth); 1 of 5 hosts degraded: web05' +
        ' | broken=2;;0;0;5 degraded=1;0;;0;5 unreachable=1;;;0;5 unknown=0;;;0;5 healthy=1;;;0;5 waived=0;;;0;5 time=3.214s;;;0',
    )
  })

  it('of one host is its verdict', () => {
    expect(first([unreachableHost({ name: 'web9' })])).toMatch(
      /^FLEETDX UNKNOWN - web9: no SSH session: the login was refused \(auth\) \| broken=0;/,
    )
  })

  it('of one host that is waived says so, since its state is OK', () => {
    expect(first([waived(brokenHost({ name: 'web9' }))])).toMatch(
      /^FLEETDX OK - web9: broken, waived: the Next\.js build is missing \(next-build-missing\) \| broken=0;/,
    )
  })

  it('has no bar but the one before performance data, and stays short', () => {
    const hosts = Array.from({ length: 900 }, (_, index) =>
      brokenHost({ name: `x|${'y'.repeat(index % 50)}${index}|` }),
    )
    const text = renderNagios(runRecord(hosts))
    expect(text.match(/\|/g)).toHaveLength(1)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_192)
    expect(text.split('\n', 1)[0]?.length).toBeLessThan(1_300)
  })

  it('keeps its state and its labels in Chinese', async () => {
    await setLanguage('zh')
    expect(first([brokenHost({ name: 'web1' }), hostRecord({ name: 'web2' })])).toMatch(
      /^FLEETDX CRITICAL - 2 台主机中有 1 台故障：web1（next-build-missing） \| broken=1;/,
    )
  })
})

describe('the exit code', () => {
  it.each<[string, HostRecord[], number]>([
    ['OK', [hostRecord()], 0],
    ['OK', [hostRecord(), waived(brokenHost({ name: 'b' }))], 0],
    ['WARNING', [degraded('a'), unreachableHost()], 1],
    ['CRITICAL', [degraded('a'), brokenHost()], 2],
    ['UNKNOWN', [hostRecord(), unknown('a')], 3],
    ['UNKNOWN', [hostRecord(), unreachableHost({ name: 'b' })], 3],
  ])('of %s is that of a plugin', (state, hosts, code) => {
    expect(first(hosts)).toMatch(new RegExp(`^FLEETDX ${state} - `))
    expect(exitCodeOf(runRecord(hosts), 'nagios')).toBe(code)
  })
})

it('tells a mistake as a plugin does', () => {
  expect(renderPluginFailure('no host\nis | here')).toBe('FLEETDX UNKNOWN - no host is ¦ here\n')
})

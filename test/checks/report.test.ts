import { describe, expect, it } from 'vitest'
import { addChecks } from '../../src/checks/add-checks.js'
import type { JudgedCheck } from '../../src/checks/judge.js'
import type { CheckResult } from '../../src/checks/result.js'
import type { Diagnosis } from '../../src/diagnose/diagnose.js'
import type { HostRecord } from '../../src/record.js'
import { renderReport } from '../../src/report/text.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'
import { makeChecks, type WrittenCheck } from '../support/run-checks.js'

function judged(
  name: string,
  state: CheckResult['state'],
  severity: CheckResult['severity'] = 'risk',
  more: Partial<WrittenCheck> = {},
): JudgedCheck {
  const [check] = makeChecks({ command: `look at ${name}`, severity, ...more, name })
  if (!check) throw new Error('no check')
  const because = state === 'unknown' ? { what: `the check ${name}`, reason: 'deadline' as const } : null
  const evidence = state === 'fail' ? [{ source: `look at ${name}`, text: 'it is bad' }] : []
  return { check, result: { name, state, severity, message: '93, not below 90', because, evidence, perfdata: null } }
}

const emptyHost = () => hostRecord({ status: 'unknown', verdict: 'no web app', path: [], paths: [] })

/** The diagnosis in a few words. */
function brief(host: Diagnosis, ...checks: JudgedCheck[]) {
  const { status, verdict, causes } = addChecks(host, checks)
  return { status, verdict, causes: causes.map(({ id, effect }) => `${id} ${effect}`) }
}

describe('a check that fails', () => {
  it('is a cause of its own, by its severity', () => {
    const verdict = 'the disk fills up (93, not below 90)'
    const message = 'the disk fills up'
    expect(brief(hostRecord(), judged('disk', 'fail', 'risk', { message }))).toEqual({
      status: 'degraded',
      verdict,
      causes: ['check-disk risk'],
    })
    expect(brief(hostRecord(), judged('disk', 'fail', 'outage', { message }))).toEqual({
      status: 'broken',
      verdict,
      causes: ['check-disk outage'],
    })
    expect(brief(hostRecord(), judged('disk', 'fail'))).toMatchObject({ verdict: 'disk: 93, not below 90' })
  })

  it('stands behind what was diagnosed, outages before risks', () => {
    const { verdict, causes } = brokenHost()
    expect(brief(brokenHost(), judged('a', 'fail'), judged('b', 'fail', 'outage'))).toEqual({
      status: 'broken',
      verdict,
      causes: [`${causes[0]?.id} outage`, 'check-b outage', 'check-a risk'],
    })
  })

  it('is what a host with no other cause is broken by, if it is an outage', () => {
    const lost = brokenHost({ causes: [], verdict: 'requests fail with 502; the cause is unknown' })
    expect(brief(lost, judged('a', 'fail', 'outage')).verdict).toBe('a: 93, not below 90')
    expect(brief(lost, judged('a', 'fail')).verdict).toBe('requests fail with 502; the cause is unknown')
  })

  it('may name its cause; what has that name already has one more evidence', () => {
    const named = judged('disk', 'fail', 'risk', { cause: 'disk-full' })
    expect(brief(hostRecord(), named).causes).toEqual(['disk-full risk'])
    const host = brokenHost({ causes: [causeRecord({ id: 'disk-full', evidence: [] })] })
    const { causes } = addChecks(host, [named])
    expect(causes).toMatchObject([
      {
        id: 'disk-full',
        evidence: [
          { source: 'check disk', text: 'disk: 93, not below 90' },
          { source: 'look at disk', text: 'it is bad' },
        ],
      },
    ])
  })
})

describe('a check that could not be told', () => {
  it('of an outage, leaves a host that serves unknown', () => {
    const unknown = { status: 'unknown', verdict: 'it is not known how things are: the check a (deadline)', causes: [] }
    expect(brief(hostRecord(), judged('a', 'unknown', 'outage'))).toEqual(unknown)
    expect(brief(brokenHost(), judged('a', 'unknown', 'outage'))).toMatchObject({ status: 'broken' })
  })

  it('of a risk, is told as not seen', () => {
    const { status, blind } = addChecks(hostRecord(), [judged('a', 'unknown')])
    expect(status).toBe('healthy')
    expect(blind).toEqual([{ what: 'the check a', reason: 'deadline' }])
  })
})

describe('a host with nothing on it but checks', () => {
  it('is healthy if all of them pass, and nothing was hidden', () => {
    expect(brief(emptyHost(), judged('a', 'pass'))).toEqual({
      status: 'healthy',
      verdict: '1 check passes',
      causes: [],
    })
    expect(brief(emptyHost(), judged('a', 'pass'), judged('b', 'pass')).verdict).toBe('2 checks pass')
  })

  it('is unknown otherwise', () => {
    expect(brief(emptyHost()).status).toBe('unknown')
    expect(brief(emptyHost(), judged('a', 'pass'), judged('b', 'unknown')).status).toBe('unknown')
    const hidden = { ...emptyHost(), blind: [{ what: 'nginx', reason: 'permission' as const }] }
    expect(brief(hidden, judged('a', 'pass')).status).toBe('unknown')
  })
})

describe('the report', () => {
  const withChecks = (host: HostRecord, ...checks: JudgedCheck[]): HostRecord => ({
    ...host,
    ...addChecks(host, checks),
  })
  const hosts = [
    withChecks(hostRecord({ name: 'web1' }), judged('disk', 'pass'), judged('queue', 'unknown')),
    withChecks(
      hostRecord({ name: 'web2' }),
      judged('disk', 'fail', 'outage', {
        message: 'the disk fills up',
        remedy: [{ command: 'clean', note: 'drops caches' }],
      }),
    ),
    unreachableHost({ name: 'web3' }),
  ]
  const render = (unicode: boolean) => renderReport(runRecord(hosts), { width: 200, color: false, unicode })
  const columns = (unicode: boolean) =>
    render(unicode)
      .split('\n')
      .flatMap((line) => (/^(HOST|web\d) /.test(line) ? [line.split(/ {2,}/).slice(-3).join(' | ')] : []))

  it('has a column for each check', () => {
    expect(columns(true)).toEqual(['DISK | QUEUE | TIME', '✖ | - | 0.8 s', '? | ? | 0.2 s', '✔ | ? | 0.8 s'])
  })

  it('marks them without Unicode too', () => {
    expect(columns(false)).toEqual(['DISK | QUEUE | TIME', '[X] | - | 0.8 s', '? | ? | 0.2 s', '[ok] | ? | 0.8 s'])
  })

  it('says what was seen, and what to do', () => {
    expect(render(true)).toContain('✖ web2: the disk fills up (93, not below 90) (check-disk)')
    expect(render(true)).toMatch(/why {3}look at disk: it is bad\n {2}mend {2}1\. drops caches\n {11}clean/)
    expect(render(true)).toContain('on web1: the check queue (deadline)')
  })
})

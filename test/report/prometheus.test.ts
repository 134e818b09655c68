import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderPrometheus } from '../../src/report/prometheus.js'
import { findPromtool } from '../support/promtool.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'
import { recordFleet } from '../support/recorded-fleet.js'

let promtool: string
beforeAll(() => {
  promtool = findPromtool()
})

/** What Prometheus' own tool has to say against it. */
function complain(text: string): string {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' })
  return status === 0 ? '' : `${status}: ${stdout}${stderr}`
}

describe('the metrics', () => {
  it('are what Prometheus reads', async () => {
    const text = [...renderPrometheus(await recordFleet())].join('')
    expect(complain(text)).toBe('')
    expect(text).toContain('fleetdx_host_status{host="web02",status="broken"} 1\n')
    expect(text).toContain('fleetdx_host_status{host="web02",status="healthy"} 0\n')
    expect(text).toContain(
      'fleetdx_host_cause{host="web02",cause="pm2-app-stopped",layer="pm2",subject="classrooom",effect="outage",rank="root"} 1\n',
    )
    expect(text).toContain('fleetdx_host_unreachable{host="web08",reason="refused"} 1\n')
    expect(text).toContain('fleetdx_host_group{host="web01",group="web"} 1\n')
    expect(text).toContain('fleetdx_host_waived{host="web06"} 1\n')
    expect(text).toContain(`fleetdx_run_timestamp_seconds ${Date.parse('2026-03-01T12:00:03.214Z') / 1000}\n`)
  })

  it('take any text in a label, and tell the same thing once', () => {
    const odd = 'a "b" \\ c\nd {x="1"} 主机'
    const same = causeRecord({ subject: odd })
    const text = [...renderPrometheus(runRecord([brokenHost({ name: odd, groups: [odd, odd], causes: [same, same] })]))]
    expect(complain(text.join(''))).toBe('')
    expect(text.join('')).toContain('fleetdx_host_waived{host="a \\"b\\" \\\\ c\\nd {x=\\"1\\"} 主机"} 0\n')
  })

  it('of an empty run, and of hosts without anything, are read as well', () => {
    expect(complain([...renderPrometheus(runRecord([]))].join(''))).toBe('')
    expect(complain([...renderPrometheus(runRecord([hostRecord(), unreachableHost({ name: 'b' })]))].join(''))).toBe('')
  })
})

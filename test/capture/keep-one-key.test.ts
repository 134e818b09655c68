import { expect, it } from 'vitest'
import { captureVersion, type HostCapture } from '../../src/capture/host-capture.js'
import { replay } from '../../src/pipeline.js'
import pm2 from '../../src/probes/pm2.js'
import { frameSection } from '../support/read-section.js'

const app = '{"id":0,"name":"web","status":"online","envKeys":["A"],"envDigests":["0123456789ab"]}'
const section = frameSection(pm2, `zone +0000\n\n@fleetdx part home /h\npid 7\nuid 1\n\n@fleetdx part apps /h\n${app}`)

function captured(name: string, digestId?: string): HostCapture {
  const capture = {
    ...{ sections: { pm2: section }, asked: ['pm2'], absence: 'not-asked' as const, right: null, trouble: [] },
    ...(digestId !== undefined && { digestId }),
  }
  return {
    ...{ captureVersion, fleetdxVersion: '0.0.0', startedAt: '2026-11-24T10:00:00.000Z', elapsedMs: 1 },
    host: { name, address: name, port: 22, user: 'ops', labels: {}, groups: [], apps: [] },
    outcome: { kind: 'collected', capture, fromHere: [] },
  }
}

/** The digests that the record of a replay has, host by host. */
function digestsOf(...captures: HostCapture[]) {
  const { hosts } = replay(captures, { startedAt: '2026-11-24T10:00:00.000Z', elapsedMs: 1, interrupted: false })
  return hosts.map(({ facts }) => (facts?.pm2.known ? facts.pm2.value.daemons[0]?.apps?.[0]?.envDigests : null))
}

it('keeps digests of one run, which may be compared', () => {
  const digests = { A: '0123456789ab' }
  expect(digestsOf(captured('web1', 'aaaaaaaaaaaa'), captured('web2', 'aaaaaaaaaaaa'))).toEqual([digests, digests])
})

it('drops those of several runs, and those of which nobody knows the run', () => {
  expect(digestsOf(captured('web1', 'aaaaaaaaaaaa'), captured('web2', 'bbbbbbbbbbbb'))).toEqual([undefined, undefined])
  expect(digestsOf(captured('web1', 'aaaaaaaaaaaa'), captured('web2'))).toEqual([{ A: '0123456789ab' }, undefined])
})

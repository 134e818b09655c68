import type { Facts } from '../../src/probes/index.js'
import {
  daemon,
  errorLog,
  failed,
  gatewayAnswer,
  http,
  known,
  listeners,
  nowMs,
  pm2,
  processes,
  servingFacts,
} from './facts.js'
import { pm2App } from './record.js'

/** Small hand-built hosts that do not serve: what recordings of the lab do not show. */

type Value<Name extends keyof Facts> = Extract<Facts[Name], { known: true }>['value']

/** classrooom is not there: nothing listens on 3000, and visitors get 502. */
export function deadFacts(overrides: Partial<Facts> = {}): Facts {
  return servingFacts({
    listeners: listeners(),
    processes: processes(),
    http: http(failed('refused'), gatewayAnswer({ status: 502 })),
    ...overrides,
  })
}

/** classrooom has ended again and again, and this is what it said last. */
export function dyingFacts(lines: readonly string[], overrides: Partial<Facts> = {}): Facts {
  return deadFacts({
    pm2: pm2(daemon({ apps: [pm2App({ status: 'errored', pid: 0, restarts: 16, startedMs: nowMs - 60_000 })] })),
    'app-logs': known({ logs: [errorLog(lines)] }),
    ...overrides,
  })
}

/** Lines of one kind in nginx's error log, written just now. */
export function logged(
  kind: Value<'nginx-errors'>['kinds'][number]['kind'],
  sample: string,
  overrides: Partial<Value<'nginx-errors'>['kinds'][number]> = {},
): Facts['nginx-errors'] {
  const line = {
    kind,
    level: 'error',
    errno: null,
    phase: null,
    upstream: 'http://127.0.0.1:3000',
    server: 'classrooom.test',
    count: 3,
    countLastHour: 3,
    firstMs: nowMs - 60_000,
    lastMs: nowMs - 1000,
    sample,
    ...overrides,
  }
  const log = { path: '/var/log/nginx/error.log', exists: true, sizeBytes: 1000, modifiedMs: nowMs }
  return known({ files: [log], kinds: [line], emergencies: [] })
}

/** The disk that classrooom is on. */
export function disk(overrides: Partial<Value<'disks'>['folders'][number]> = {}): Facts['disks'] {
  return known({
    folders: [
      {
        path: '/home/deploy/classrooom',
        mount: '/',
        device: '/dev/sda1',
        sizeBytes: 20 * 2 ** 30,
        availableBytes: 10 * 2 ** 30,
        usedPercent: 50,
        inodesUsedPercent: 10,
        isReadOnly: false,
        ...overrides,
      },
    ],
  })
}

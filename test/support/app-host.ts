import type { Pm2App } from '../../src/probes/pm2.js'
import type { HostRecord } from '../../src/record.js'
import { brokenHost, buildFacts, facts, hostRecord, pm2App, pm2Facts } from './record.js'

/** What an app is compared by in tests. */
interface AppValues extends Partial<Pm2App> {
  buildId?: string | null
  /** Names of variables and digests of their values. */
  env?: Record<string, string>
}

const known = <T>(value: T) => ({ known: true as const, value, blind: [] })

/** A host that runs an app under pm2, in the groups given; broken where it says so. */
export function appHost(
  name: string,
  { buildId = 'b1', env = {}, ...app }: AppValues = {},
  { groups = ['web'], ...overrides }: Partial<HostRecord> = {},
): HostRecord {
  const make = overrides.status === 'broken' ? brokenHost : hostRecord
  return make({
    name,
    groups,
    facts: facts({
      builds: buildFacts({ buildId, distExists: buildId !== null }),
      pm2: pm2Facts([pm2App({ envKeys: Object.keys(env), envDigests: env, ...app })]),
      'app-files': known({ apps: [{ cwd: '/home/deploy/classrooom', envFiles: [], ecosystemFile: null }] }),
    }),
    ...overrides,
  })
}

/** `web1`… with the same values. */
export function appHosts(
  count: number,
  values: AppValues = {},
  { from = 1, ...overrides }: Partial<HostRecord> & { from?: number } = {},
): HostRecord[] {
  return Array.from({ length: count }, (_, index) => appHost(`web${from + index}`, values, overrides))
}

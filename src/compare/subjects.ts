import { type App, joinApps } from '../path/app.js'
import type { HostRecord } from '../record.js'
import { appColumns, lookAtApp } from './app-columns.js'
import type { Environment } from './environment.js'
import type { FactColumn } from './fact-column.js'
import { variablePrefix } from './fact-columns.js'
import { hostColumns } from './host-columns.js'

/** One thing that is compared with its like: a host, or an app on it, with all that was seen of it. */
export interface Subject {
  record: HostRecord
  /** null for the host itself. */
  app: string | null
  /** By the id of a column; what was not seen is not there. */
  values: ReadonlyMap<string, string>
  environment: Environment | undefined
}

/** Every host that could be looked at, each followed by its apps. */
export function listSubjects(hosts: readonly HostRecord[]): Subject[] {
  return hosts.flatMap((record) => (record.facts ? subjectsOf(record, record.facts) : []))
}

function subjectsOf(record: HostRecord, facts: NonNullable<HostRecord['facts']>): Subject[] {
  const host = { record, app: null, values: readAll(hostColumns, facts), environment: undefined }
  return [host, ...chooseApps(joinApps(facts, [])).map((app) => toSubject(record, app))]
}

/** One of each name, that which runs before that which is only remembered; what pm2 has forgotten is no app of today. */
function chooseApps(apps: readonly App[]): App[] {
  const known = apps.filter(({ isForgotten }) => !isForgotten)
  const runs = ({ instances, service }: App) => instances.length > 0 || service !== null
  const byName = new Map<string, App>()
  for (const app of [...known.filter(runs), ...known]) if (!byName.has(app.name)) byName.set(app.name, app)
  return [...byName.values()]
}

/** These variables have columns of their own. */
const told = new Set(['NODE_ENV', 'PORT'])

function toSubject(record: HostRecord, app: App): Subject {
  const seen = lookAtApp(app)
  const values = readAll(appColumns, seen)
  for (const [name, digest] of seen.environment ?? [])
    if (digest !== null && !told.has(name)) values.set(variablePrefix + name, `#${digest}`)
  return { record, app: app.name, values, environment: seen.environment }
}

function readAll<S>(columns: readonly FactColumn<S>[], subject: S): Map<string, string> {
  return new Map(
    columns.flatMap((column) => {
      const value = column.read(subject)
      return value == null ? [] : [[column.id, value] as const]
    }),
  )
}

import { isDeepStrictEqual } from 'node:util'
import { type App, joinApps, listenersOf } from '../path/app.js'
import type { Facts } from '../probes/index.js'
import type { HostRecord, PathRecord } from '../record.js'

/** A host as one row: its record, the path that matters most, and the app at the end of that path. */
export interface HostView {
  record: HostRecord
  /** null when it is unreachable. */
  facts: Facts | null
  path: PathRecord | undefined
  app: App | undefined
  /** Ports that the app itself listens on. */
  appPorts: number[]
}

/** Looks at a host by the path that matters most on it. */
export function viewHost(record: HostRecord): HostView {
  const path = mainPathOf(record)
  const facts: Facts | null = record.facts
  if (!facts || !path) return { record, facts, path, app: undefined, appPorts: [] }
  const app = joinApps(facts, []).find(({ name }) => name === path.app)
  const listeners = app ? listenersOf(app, facts) : []
  return { record, facts, path, app, appPorts: [...new Set(listeners.map(({ port }) => port))] }
}

/** The path whose links the record shows as the host's own: the first that is broken, else the first. */
export function mainPathOf({ path, paths }: HostRecord): PathRecord | undefined {
  return paths.find(({ edges }) => isDeepStrictEqual(edges, path)) ?? paths[0]
}

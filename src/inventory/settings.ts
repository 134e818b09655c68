import { resolve } from 'node:path'
import type { Check } from './check-schema.js'
import type { Settings } from './schema.js'

/** Joins two levels: the inner one wins; labels and timeouts are joined key by key, checks name by name. */
export function mergeSettings(outer: Settings, inner: Settings): Settings {
  return {
    ...outer,
    ...inner,
    labels: { ...outer.labels, ...inner.labels },
    timeouts: { ...outer.timeouts, ...inner.timeouts },
    checks: mergeChecks(outer.checks, inner.checks),
  }
}

/** The checks of two levels: of those with one name the inner one counts. */
export function mergeChecks(outer: readonly Check[] = [], inner: readonly Check[] = []): Check[] {
  return [...new Map([...outer, ...inner].map((check) => [check.name, check])).values()]
}

/** The same settings with absolute paths: relative ones start at `folder`, `~` is `home`. */
export function withAbsolutePaths<Level extends Settings>(settings: Level, folder: string, home: string): Level {
  const toAbsolute = (path: string) => resolve(folder, path.replace(/^~(?=\/|$)/, home))
  return {
    ...settings,
    ...(settings.identityFile && { identityFile: settings.identityFile.map(toAbsolute) }),
    ...(settings.knownHostsFile && { knownHostsFile: settings.knownHostsFile.map(toAbsolute) }),
  }
}

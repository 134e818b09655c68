import { resolve } from 'node:path'
import type { Settings } from './schema.js'

/** Joins two levels: the inner one wins; labels and timeouts are joined key by key. */
export function mergeSettings(outer: Settings, inner: Settings): Settings {
  return {
    ...outer,
    ...inner,
    labels: { ...outer.labels, ...inner.labels },
    timeouts: { ...outer.timeouts, ...inner.timeouts },
  }
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

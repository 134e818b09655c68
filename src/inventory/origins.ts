import type { SettingsLevel } from './load.js'
import type { Settings } from './schema.js'

/** What gave each setting of a host: `command line`, a level of the inventory, ssh_config; one that is missing is a default. */
export type Origins = Readonly<Record<string, string>>

/** Names the innermost level that gives each setting; `levels` may say something of a host, innermost first. */
export function traceOrigins(levels: readonly SettingsLevel[]): Origins {
  const outward = levels.toReversed()
  return Object.fromEntries(outward.flatMap(({ label, settings }) => listGiven(settings).map((key) => [key, label])))
}

/** What a level sets: settings by their key, labels, checks and timeouts each by its own name. */
function listGiven({ labels = {}, checks = [], timeouts = {}, ...others }: Settings): string[] {
  return [
    ...Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : [key])),
    ...Object.keys(labels).map((name) => `label ${name}`),
    ...checks.map(({ name }) => `check ${name}`),
    ...Object.entries(timeouts).flatMap(([key, value]) => (value === undefined ? [] : [`timeout ${key}`])),
  ]
}

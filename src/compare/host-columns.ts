import { type Fact, knownValue } from '../fact.js'
import { t } from '../language/language.js'
import { type Gateway, gatewaysOf } from '../path/gateways.js'
import type { Facts } from '../probes/index.js'
import { type FactColumn, nothing, textOf } from './fact-column.js'

export const hostColumns: readonly FactColumn<Facts>[] = [
  { id: 'gateway', heading: () => t`gateway`, read: readGateway },
  { id: 'gateway-config', heading: () => t`gateway configuration`, read: readConfiguration },
  { id: 'apps', heading: () => t`apps`, read: readApps },
  { id: 'pm2', heading: () => 'pm2', read: readPm2 },
  { id: 'os', heading: () => t`system`, read: readSystem },
  { id: 'init', heading: () => 'init', read: ({ host }) => knownValue(host)?.init },
  { id: 'timezone', heading: () => t`time zone`, read: readTimeZone },
  { id: 'cores', heading: () => t`processors`, isMinor: true, read: ({ host }) => textOf(knownValue(host)?.cores) },
  { id: 'memory', heading: () => t`memory`, isMinor: true, read: readMemory },
  { id: 'kernel', heading: () => t`kernel`, isMinor: true, read: ({ host }) => knownValue(host)?.kernel },
]

/** Every gateway that runs, or, where none does, that could: `nginx 1.22.1`. */
function readGateway(facts: Facts): string | undefined {
  const gateways = mainGateways(facts)
  if (gateways === undefined || gateways.length === 0) return gateways && nothing
  return gateways.map(({ name, facts: { version } }) => (version === null ? name : `${name} ${version}`)).join(' + ')
}

/** The start of a digest of what the gateways are configured by: `3f2a90c1`. */
function readConfiguration(facts: Facts): string | undefined {
  const gateways = mainGateways(facts)
  if (gateways === undefined || gateways.length === 0) return gateways && nothing
  const digests = gateways.flatMap(({ facts: { configDigest } }) => configDigest?.slice(0, 8) ?? [])
  return digests.length === gateways.length ? digests.join(' + ') : undefined
}

/** Those that run, else those that could; undefined where one that could not be looked for may be the one. */
function mainGateways(facts: Facts): Gateway[] | undefined {
  const { nginx, apache, caddy, haproxy } = facts
  if (!nginx.known) return undefined
  const gateways = gatewaysOf(facts)
  const running = gateways.filter(({ facts: { running } }) => running)
  if (running.length > 0) return running
  const isUnseen = (fact: Fact<unknown>) => !fact.known && fact.because.reason !== 'not-asked'
  return [apache, caddy, haproxy].some(isUnseen) ? undefined : gateways
}

/** The names of what pm2 and systemd run: `api, web`. */
function readApps({ pm2, services }: Facts): string | undefined {
  const daemons = knownValue(pm2)?.daemons
  if (!daemons || daemons.some(({ pid, apps }) => pid !== null && apps === null)) return undefined
  const listed = daemons.flatMap(({ apps, saved }) =>
    apps ? apps.filter(({ isModule }) => !isModule).map(({ name }) => name) : (saved ?? []).map(({ name }) => name),
  )
  const units = (knownValue(services)?.units ?? []).filter(({ role }) => role === 'app')
  const names = new Set([...listed, ...units.map(({ name }) => name.replace(/\.service$/, ''))])
  return names.size === 0 ? nothing : [...names].sort().join(', ')
}

/** The versions of the daemons, or, where none is alive, of the command: `6.0.14`. */
function readPm2({ pm2 }: Facts): string | undefined {
  const value = knownValue(pm2)
  if (!value) return undefined
  if (!value.installed) return nothing
  const alive = value.daemons.filter(({ pid }) => pid !== null)
  const versions = alive.length > 0 ? alive.map(({ version }) => version) : value.daemons.map((d) => d.commandVersion)
  return [...new Set(versions.filter((version) => version != null && version !== ''))].sort().join(' + ') || undefined
}

function readSystem({ host }: Facts): string | undefined {
  const value = knownValue(host)
  return value && (value.distribution ?? nothing)
}

/** `UTC`, `UTC+08:00` */
function readTimeZone({ host }: Facts): string | undefined {
  const minutes = knownValue(host)?.utcOffsetMinutes
  if (minutes === undefined || minutes === 0) return minutes === 0 ? 'UTC' : undefined
  const two = (number: number) => `${Math.trunc(number)}`.padStart(2, '0')
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}

/** In whole GiB, as kernels of one machine type keep back different amounts: `8 GiB`. */
function readMemory({ host }: Facts): string | undefined {
  const bytes = knownValue(host)?.memoryTotalBytes
  return bytes === undefined ? undefined : `${Math.max(Math.round(bytes / 1024 ** 3), 1)} GiB`
}

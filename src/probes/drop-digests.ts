import type { Fact } from '../fact.js'
import type { Facts } from './index.js'

/** The facts without the digests that stand in them: where it is not known which others they may be compared with. */
export function dropDigests(facts: Facts): Facts {
  return {
    ...facts,
    pm2: change(facts.pm2, (value) => ({
      ...value,
      daemons: value.daemons.map((daemon) => ({ ...daemon, apps: daemon.apps?.map(dropOwn) ?? null })),
    })),
    services: change(facts.services, (value) => ({ ...value, units: value.units?.map(dropOwn) ?? null })),
    'app-files': change(facts['app-files'], (value) => ({
      apps: value.apps.map((app) => ({ ...app, envFiles: app.envFiles.map(({ digests: _, ...file }) => file) })),
    })),
  }
}

function change<T>(fact: Fact<T>, by: (value: T) => T): Fact<T> {
  return fact.known ? { ...fact, value: by(fact.value) } : fact
}

function dropOwn<T extends { envDigests?: unknown }>({ envDigests: _, ...rest }: T): Omit<T, 'envDigests'> {
  return rest
}

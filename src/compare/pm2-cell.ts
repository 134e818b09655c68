import { t } from '../language/language.js'
import type { Pm2App } from '../probes/pm2.js'
import { bad, type Cell, none, unseen } from './cell.js'
import type { HostView } from './host-view.js'

/** What pm2 says of the app: `online ×2 ↻12`, `errored 1/2`, `no daemon`. */
export function describePm2({ facts, app }: HostView): Cell {
  const fact = facts?.pm2
  if (!fact?.known) return unseen
  if (!fact.value.installed) return none
  if (!app) return fact.value.daemons.some(({ pid }) => pid !== null) ? none : { text: t`no daemon` }
  if (!app.daemon) return none
  if (app.daemon.pid === null) return bad(t`no daemon`)
  if (app.daemon.apps === null) return unseen
  return app.instances.length === 0 ? bad(t`not listed`) : describeInstances(app.instances)
}

function describeInstances(instances: readonly Pm2App[]): Cell {
  const failing = instances.filter((instance) => wordOf(instance) !== 'online')
  const worst = failing[0] ?? instances[0]
  const restarts = instances.reduce((sum, instance) => sum + instance.restarts, 0)
  const words = [
    worst ? wordOf(worst) : '',
    share(failing.length || instances.length, instances.length),
    restarts > 0 ? `↻${restarts}` : '',
  ]
  return { text: words.filter((word) => word !== '').join(' '), ...(failing.length > 0 && { state: 'bad' }) }
}

/** An app that pm2 calls online and never spawned has no pid. */
function wordOf({ status, pid }: Pm2App): string {
  return status === 'online' && pid === null ? t`not spawned` : status
}

function share(part: number, whole: number): string {
  if (part < whole) return `${part}/${whole}`
  return whole > 1 ? `×${whole}` : ''
}

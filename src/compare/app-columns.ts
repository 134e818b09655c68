import { createHash } from 'node:crypto'
import { t } from '../language/language.js'
import type { App } from '../path/app.js'
import { type Environment, environmentOf } from './environment.js'
import { type FactColumn, nothing, textOf } from './fact-column.js'

/** An app on one host, with what it runs with. */
export interface SeenApp {
  app: App
  /** undefined where it could not be seen whole. */
  environment: Environment | undefined
}

export function lookAtApp(app: App): SeenApp {
  return { app, environment: environmentOf(app) }
}

export const appColumns: readonly FactColumn<SeenApp>[] = [
  { id: 'build', heading: () => 'BUILD_ID', read: ({ app: { build } }) => build && (build.buildId ?? nothing) },
  { id: 'node', heading: () => 'Node.js', read: ({ app }) => app.instances[0]?.nodeVersion },
  { id: 'next', heading: () => 'Next.js', read: ({ app: { build } }) => build && (build.nextVersion ?? nothing) },
  { id: 'node-env', heading: () => 'NODE_ENV', read: readNodeEnv },
  { id: 'env', heading: () => t`environment`, read: ({ environment }) => environment && nameSet(environment) },
  { id: 'port', heading: () => t`port`, read: ({ app }) => (app.port === null ? null : String(app.port)) },
  { id: 'manager', heading: () => t`run by`, read: readManager },
  { id: 'exec-mode', heading: () => t`exec mode`, read: ({ app }) => app.instances[0]?.execMode },
  { id: 'instances', heading: () => t`instances`, read: ({ app }) => textOf(app.instances.length || undefined) },
  { id: 'user', heading: () => t`user`, read: ({ app }) => app.daemon?.user ?? app.service?.user },
  { id: 'folder', heading: () => t`folder`, read: ({ app }) => app.cwd },
  { id: 'command', heading: () => t`command`, read: readCommand },
  { id: 'package-manager', heading: () => t`package manager`, read: ({ app }) => app.build?.packageManager },
  { id: 'output', heading: () => t`build kind`, read: readOutput },
  { id: 'max-memory', heading: () => 'max_memory_restart', read: readMaxMemory },
  { id: 'autorestart', heading: () => 'autorestart', read: ({ app }) => textOf(app.instances[0]?.autorestart) },
  { id: 'watch', heading: () => 'watch', read: ({ app }) => textOf(app.instances[0]?.watch) },
]

function readNodeEnv({ app: { instances, service } }: SeenApp): string | undefined {
  if (instances[0]) return instances[0].nodeEnv ?? nothing
  return service?.unit ? (service.unit.environment.NODE_ENV ?? nothing) : undefined
}

/** How many variables there are, and a digest of their names: `14 names #3f2a90`. */
function nameSet(environment: Environment): string {
  const names = [...environment.keys()].sort()
  return `${names.length} #${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 6)}`
}

function readManager({ app: { instances, service, daemon } }: SeenApp): string | undefined {
  if (instances.length > 0) return 'pm2'
  if (service) return service.unit ? 'systemd' : nothing
  return daemon ? 'pm2' : undefined
}

/** `npm start`; of a service what its ExecStart says. */
function readCommand({ app: { instances, service } }: SeenApp): string | undefined {
  const [instance] = instances
  if (instance) return [instance.script, ...instance.args].join(' ')
  return service?.unit?.command
}

function readOutput({ app: { build } }: SeenApp): string | undefined {
  if (!build?.isNext) return undefined
  if (build.isStandalone) return 'standalone'
  return build.isExport ? 'export' : 'server'
}

function readMaxMemory({ app: { instances } }: SeenApp): string | undefined {
  const [instance] = instances
  if (!instance) return undefined
  const bytes = instance.maxMemoryRestartBytes
  return bytes === null ? nothing : `${Math.round(bytes / 1024 ** 2)} MiB`
}

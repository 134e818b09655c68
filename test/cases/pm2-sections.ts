import { probes } from '../../src/probes/index.js'
import { nowMs } from '../support/facts.js'
import { momentOf, part, read, stampOf } from './sections.js'

interface Daemon {
  home?: string
  user?: string
  /** null = no daemon lives. */
  pid?: number | null
  /** What differs from an app that has run for an hour, in the words of the probe; null = it was not asked. */
  apps?: readonly Readonly<Record<string, unknown>>[] | null
  /** Names of what `pm2 save` stored. */
  saved?: readonly string[]
  /** Lines of pm2.log, each without its time. */
  log?: readonly string[]
  /** Further lines of the part `home`: `project /srv/web`. */
  facts?: readonly string[]
}

/** The pm2 daemons of a host. */
export function pm2Of(...daemons: Daemon[]) {
  return read(probes.pm2, 'zone +0000', 'installed yes', ...daemons.flatMap(showDaemon))
}

function showDaemon({ user = 'deploy', ...rest }: Daemon): string[] {
  const { home = `/home/${user}/.pm2`, pid = 3000, apps = [], saved, log = [], facts = [] } = rest
  const folder = user === 'root' ? '/root' : `/home/${user}`
  const written = log.map((line, index) => `${stampOf(momentOf(index, log.length))}: PM2 log: ${line}`)
  return [
    part('home', home),
    ...[`pid ${pid ?? '-'}`, `uid ${user === 'root' ? 0 : 1001}`, 'version 5.3.0', `user ${user}`, `folder ${folder}`],
    'command pm2',
    ...facts,
    ...(pid === null || apps === null
      ? []
      : ['answer answered', part('apps', home), ...apps.map((app, id) => showApp({ id, ...app }, home))]),
    ...(saved
      ? [part('saved', home), ...saved.map((name) => JSON.stringify({ name, pm_cwd: `/home/deploy/${name}` }))]
      : []),
    ...(log.length > 0 ? [part('log', home), ...written] : []),
  ]
}

function showApp(app: Readonly<Record<string, unknown>>, home: string): string {
  const { name = 'classrooom' } = app
  const hourAgo = nowMs - 3_600_000
  return JSON.stringify({
    ...{ name, pid: 4001, status: 'online', restarts: 0, unstable: 0, started: hourAgo, created: hourAgo },
    ...{ script: '/home/deploy/classrooom/server.js', cwd: '/home/deploy/classrooom', args: [] },
    ...{ mode: 'fork_mode', instances: 1, interpreter: 'node', port: '3000', autorestart: true, watch: false },
    ...{ out: `${home}/logs/${name}-out.log`, error: `${home}/logs/${name}-error.log`, module: false },
    ...app,
  })
}

/** An app that pm2 has given up. */
export const errored = { status: 'errored', pid: 0, restarts: 16, started: nowMs - 60_000, created: null, exitCode: 1 }

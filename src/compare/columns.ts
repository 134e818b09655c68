import { t } from '../language/language.js'
import { gatewaysOf } from '../path/gateways.js'
import type { HostRecord } from '../record.js'
import { bad, type Cell, none, unseen } from './cell.js'
import type { HostView } from './host-view.js'
import { describePm2 } from './pm2-cell.js'
import { readRate } from './rate.js'
import { wordOf } from './status-word.js'

/** What hosts are compared by. */
export interface Column {
  id: string
  heading: string
  /** The higher, the sooner it gives way where room is short. */
  priority: number
  /** To give way, it is cut to this many characters; without, it is left out. */
  cutsTo?: number
  cell(view: HostView): Cell
}

/** What every report compares hosts by, in the order of a table. */
export const columns: readonly Column[] = [
  define('host', () => t`HOST`, { priority: 7, cutsTo: 16, cell: ({ record }) => ({ text: record.name }) }),
  define('verdict', () => t`VERDICT`, { priority: 0, cutsTo: 20, cell: describeVerdict }),
  define('app', () => t`APP`, { priority: 10, cell: describeApp }),
  define('pm2', () => 'PM2', { priority: 2, cell: describePm2 }),
  define('port', () => t`PORT`, { priority: 3, cell: describePort }),
  define('build', () => t`BUILD`, { priority: 6, cell: describeBuild }),
  define('gateway', () => t`GATEWAY`, { priority: 8, cell: describeGateway }),
  define('direct', () => t`DIRECT`, { priority: 4, cell: (view) => describeAnswer(view, 'directAnswer') }),
  define('http', () => 'HTTP', { priority: 1, cell: (view) => describeAnswer(view, 'gatewayAnswer') }),
  define('errors', () => t`ERR/H`, { priority: 5, cell: describeErrors }),
  define('time', () => t`TIME`, { priority: 9, cell: ({ record }) => ({ text: formatSeconds(record.elapsedMs) }) }),
]

/** A column whose heading is in the language of the moment. */
function define(id: string, heading: () => string, rest: Omit<Column, 'id' | 'heading'>): Column {
  return {
    id,
    get heading() {
      return heading()
    },
    ...rest,
  }
}

/** `3.2 s` */
export function formatSeconds(elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1)} s`
}

function describeVerdict({ record }: HostView): Cell {
  if (record.isWaived) return { text: t`waived: ${nameProblem(record)}`, shorter: [t`waived`] }
  const [root] = record.causes
  if (record.reason) return { text: t`unreachable: ${record.reason.reason}` }
  if (root) return { text: `${root.title} (${root.id})`, shorter: [root.title, root.id] }
  if (record.status === 'healthy') return { text: wordOf('healthy') }
  if (record.status === 'broken') return { text: record.verdict, shorter: [t`cause unknown`] }
  // sample: no answer: it took too long, 没有应答：超时
  const start = /^(.{1,20}?)[:：]/.exec(record.verdict)?.[1]
  return { text: record.verdict, shorter: [start ?? wordOf('unknown')] }
}

function nameProblem({ causes: [root], reason, status }: HostRecord): string {
  return root?.id ?? (reason ? t`unreachable: ${reason.reason}` : wordOf(status))
}

function describeApp({ facts, path }: HostView): Cell {
  if (path?.app) return { text: path.app }
  return facts?.pm2.known ? none : unseen
}

/** Where there is no request path: none if whatever could have one was seen. */
function describeNoPath({ facts }: HostView): Cell {
  return facts?.nginx.known && facts.pm2.known ? none : unseen
}

/** `3000`; `3001≠3000` where the app listens elsewhere than it is asked; `3000 +2` where the host has two more paths. */
function describePort(view: HostView): Cell {
  const { record, path, app, appPorts } = view
  if (!path) return describeNoPath(view)
  const asked = path.target?.startsWith('unix:') ? 'unix' : (portOf(path.target) ?? app?.port ?? appPorts[0])
  const differs = typeof asked === 'number' && appPorts.length > 0 && !appPorts.includes(asked)
  const port = differs ? `${appPorts[0]}≠${asked}` : `${asked ?? '-'}`
  const more = record.paths.length - 1
  const isBroken = path.edges.some(({ id, state }) => id === 'target' && state === 'broken')
  return { text: more > 0 ? `${port} +${more}` : port, ...(isBroken && { state: 'bad' }) }
}

function portOf(target: string | null): number | undefined {
  // sample: 127.0.0.1:3000
  const digits = /:(\d+)$/.exec(target ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function describeBuild({ facts, path, app }: HostView): Cell {
  if (!facts?.builds.known || (path?.app && !app)) return unseen
  const build = app?.build
  if (!build) return none
  if (!build.exists) return bad(t`no folder`)
  if (!build.isNext) return none
  if (!build.distExists) return bad(t`none`)
  if (build.isDevBuild) return bad(t`dev`)
  if (build.buildId === null) return { text: t`lacks BUILD_ID`, shorter: [t`partial`], state: 'bad' }
  const [missing, ...others] = build.missing
  if (missing === undefined) return { text: build.buildId.slice(0, 8) }
  return {
    text: `${t`lacks ${missing}`}${others.length > 0 ? ` +${others.length}` : ''}`,
    shorter: [t`partial`],
    state: 'bad',
  }
}

/** The gateway that runs, else the one that should. */
function describeGateway({ facts, path }: HostView): Cell {
  if (!facts) return unseen
  if (path?.edges.some(({ id, state }) => id === 'gateway' && state === 'broken')) return bad(t`down`)
  const [gateway] = gatewaysOf(facts)
  if (!gateway) return facts.nginx.known ? none : unseen
  const { name, facts: seen } = gateway
  if (!seen.running) return bad(t`down`)
  return seen.version === null ? { text: name } : { text: `${name} ${seen.version}`, shorter: [seen.version] }
}

/** An answer as paths record it: an HTTP status, the word of a failure, a rate, or null where it was not asked. */
function describeAnswer(view: HostView, key: 'directAnswer' | 'gatewayAnswer'): Cell {
  if (!view.path) return describeNoPath(view)
  const answer = view.path[key]
  if (answer === null) return view.facts?.http.known ? none : unseen
  const rate = readRate(answer)
  if (rate) {
    const share = `${rate.failed}/${rate.count}`
    return { text: `${rate.words} ${share}`, shorter: [share], state: 'bad' }
  }
  return /^[1-4]\d\d$/.test(answer) ? { text: answer } : bad(answer)
}

/** The gateways' errors of the last hour, warnings not counted: `132 connect-refused`, or `132` alone. */
function describeErrors({ facts }: HostView): Cell {
  if (!facts) return unseen
  const logs = gatewaysOf(facts).flatMap(({ errors }) => errors ?? [])
  const own = [facts['nginx-errors'], facts['gateway-errors']]
  const isHidden = !facts.nginx.known || own.some((fact) => !fact.known && fact.because.reason !== 'not-asked')
  if (logs.length === 0) return isHidden ? unseen : none
  const errors = logs
    .flatMap(({ kinds }) => kinds)
    .filter(({ level, countLastHour }) => level !== 'warn' && countLastHour > 0)
  const main = errors.toSorted((a, b) => b.countLastHour - a.countLastHour)[0]
  if (!main) return own.some((fact) => fact.known && fact.blind.length > 0) ? unseen : { text: '0' }
  const count = `${errors.reduce((sum, { countLastHour }) => sum + countLastHour, 0)}`
  return { text: `${count} ${main.kind}`, shorter: [count], state: 'bad' }
}

import { gatewaysOf } from '../path/gateways.js'
import { bad, type Cell, none, unseen } from './cell.js'
import type { HostView } from './host-view.js'
import { describePm2 } from './pm2-cell.js'

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
  { id: 'host', heading: 'HOST', priority: 7, cutsTo: 16, cell: ({ record }) => ({ text: record.name }) },
  { id: 'verdict', heading: 'VERDICT', priority: 0, cutsTo: 20, cell: describeVerdict },
  { id: 'app', heading: 'APP', priority: 10, cell: describeApp },
  { id: 'pm2', heading: 'PM2', priority: 2, cell: describePm2 },
  { id: 'port', heading: 'PORT', priority: 3, cell: describePort },
  { id: 'build', heading: 'BUILD', priority: 6, cell: describeBuild },
  { id: 'gateway', heading: 'GATEWAY', priority: 8, cell: describeGateway },
  { id: 'direct', heading: 'DIRECT', priority: 4, cell: (view) => describeAnswer(view, 'directAnswer') },
  { id: 'http', heading: 'HTTP', priority: 1, cell: (view) => describeAnswer(view, 'gatewayAnswer') },
  { id: 'errors', heading: 'ERR/H', priority: 5, cell: describeErrors },
  { id: 'time', heading: 'TIME', priority: 9, cell: ({ record }) => ({ text: formatSeconds(record.elapsedMs) }) },
]

/** `3.2 s` */
export function formatSeconds(elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1)} s`
}

function describeVerdict({ record }: HostView): Cell {
  const [root] = record.causes
  if (record.reason) return { text: `unreachable: ${record.reason.reason}` }
  if (root) return { text: `${root.title} (${root.id})`, shorter: [root.title, root.id] }
  if (record.status === 'healthy') return { text: 'healthy' }
  if (record.status === 'broken') return { text: record.verdict, shorter: ['cause unknown'] }
  // sample: no answer: it took too long
  const start = /^(.{1,20}):/.exec(record.verdict)?.[1]
  return { text: record.verdict, shorter: [start ?? 'unknown'] }
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
  if (!build.exists) return bad('no folder')
  if (!build.isNext) return none
  if (!build.distExists) return bad('none')
  if (build.isDevBuild) return bad('dev')
  if (build.buildId === null) return { text: 'lacks BUILD_ID', shorter: ['partial'], state: 'bad' }
  const [missing, ...others] = build.missing
  if (missing === undefined) return { text: build.buildId.slice(0, 8) }
  return {
    text: `lacks ${missing}${others.length > 0 ? ` +${others.length}` : ''}`,
    shorter: ['partial'],
    state: 'bad',
  }
}

/** The gateway that runs, else the one that should. */
function describeGateway({ facts, path }: HostView): Cell {
  if (!facts) return unseen
  if (path?.edges.some(({ id, state }) => id === 'gateway' && state === 'broken')) return bad('down')
  const [gateway] = gatewaysOf(facts)
  if (!gateway) return facts.nginx.known ? none : unseen
  const { name, facts: seen } = gateway
  if (!seen.running) return bad('down')
  return seen.version === null ? { text: name } : { text: `${name} ${seen.version}`, shorter: [seen.version] }
}

/** An answer as paths record it: an HTTP status, the word of a failure, a rate, or null where it was not asked. */
function describeAnswer(view: HostView, key: 'directAnswer' | 'gatewayAnswer'): Cell {
  if (!view.path) return describeNoPath(view)
  const answer = view.path[key]
  if (answer === null) return view.facts?.http.known ? none : unseen
  // sample: 3 of 10 failed: 502, reset
  const [, failed, count, words] = /^(\d+) of (\d+) failed: (.*)$/.exec(answer) ?? []
  if (words !== undefined) return { text: `${words} ${failed}/${count}`, shorter: [`${failed}/${count}`], state: 'bad' }
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

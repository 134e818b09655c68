import type { Facts } from '../probes/index.js'
import { type App, listenersOf } from './app.js'
import { type Pm2State, pm2StateOf } from './pm2-state.js'
import { nameOf, type RequestPath } from './request-path.js'

type Routed = Pick<RequestPath, 'target' | 'listeners' | 'site' | 'location'> & { app: App | null }

/** The port of a Next.js app that says nothing of a port. */
const nextDefaultPort = 3000

/**
 * Says for every route which app answers it, or is meant to. In this order, because each is weaker than the one before:
 * the app that holds the socket; the one whose settings name the port; the one whose own log names it; the one that the
 * site is named after; the only one that is left over; and where nothing listens, the only one that pm2 has down.
 */
export function chooseApp<R extends Routed>(routes: readonly R[], apps: readonly App[], facts: Facts): R[] {
  const local = (route: R) => route.target !== null && route.target.isLocal !== false
  const taken = new Set<App>()
  const settle = (choose: (route: R, free: readonly App[]) => App | undefined) => (route: R) => {
    if (route.app || !local(route)) return route
    const app = choose(
      route,
      apps.filter((candidate) => !taken.has(candidate)),
    )
    if (app) taken.add(app)
    return app ? { ...route, app } : route
  }
  const known = apps.filter((app) => !app.isForgotten)
  const settled = routes
    .map(settle((route) => apps.find((app) => holds(app, route, facts))))
    .map(settle((route) => single(known.filter((app) => app.port !== null && app.port === route.target?.port))))
    .map(settle((route, free) => single(free.filter((app) => saysPort(app, route, facts)))))
    .map(settle((route, free) => single(free.filter((app) => isNamedAfter(route, app)))))
    .map(
      settle((route, free) =>
        single(free.filter((app) => isNextOnDefault(app) && route.target?.port === nextDefaultPort)),
      ),
    )
    .map(settle((route, free) => single(free.filter((app) => !app.isForgotten && couldAnswer(app, route, facts)))))
    .map(settle((route, free) => single(free.filter((app) => couldAnswer(app, route, facts)))))
    .map(
      settle((route, free) =>
        route.listeners.length > 0 ? undefined : single(free.filter((app) => isDown(app, facts))),
      ),
    )
  // Two ways to the same place lead to the same app.
  const sameTarget = (route: R) => settled.find((other) => other.app && other.target?.text === route.target?.text)
  return settled.map((route) =>
    route.app || !local(route) ? route : { ...route, app: sameTarget(route)?.app ?? null },
  )
}

function holds(app: App, route: Routed, facts: Facts): boolean {
  return listenersOf(app, facts).some((listener) => route.listeners.includes(listener))
}

function isNamedAfter({ site, location }: Routed, app: App): boolean {
  if (app.hint?.serverName !== undefined) return site?.names.includes(app.hint.serverName) ?? false
  const name = app.name.toLowerCase()
  const words = [site ? nameOf(site) : '', site?.place.file ?? '', location?.pattern ?? '']
  // sample: app.example.com, /etc/nginx/sites-enabled/my-app.conf
  const separators = [/[/\s]+/, /[./\s]+/, /[./\s_-]+/]
  return separators.some((separator) => words.flatMap((word) => word.toLowerCase().split(separator)).includes(name))
}

function isNextOnDefault(app: App): boolean {
  return app.port === null && app.build?.isNext === true
}

/** Whether an app that listens nowhere, and whose settings name no port, has said that it listens on this one. */
function saysPort(app: App, { target }: Routed, facts: Facts): boolean {
  if (app.port !== null || target?.port == null || listenersOf(app, facts).length > 0) return false
  // sample: Server ready on 4100; > Ready on http://localhost:4100; EADDRINUSE: address already in use :::4100
  const said = new RegExp(`(?:listen|ready|running|start|serv|EADDRINUSE).*(?::|\\bport |\\bon )${target.port}\\b`, 'i')
  return app.logs.some(({ lines }) => lines.some(({ text }) => said.test(text)))
}

/** An app that pm2 lists and does not run: it may be a worker, but if it is the only one, it is what the site lacks. */
function isDown(app: App, facts: Facts): boolean {
  const state = app.instances.length > 0 ? pm2StateOf(app, facts) : undefined
  return state !== undefined && downStates.has(state)
}

const downStates: ReadonlySet<Pm2State> = new Set(['errored', 'looping', 'exited', 'stopped', 'never-spawned'])

/** A service that does not run and is set to another port is somebody else's; pm2 lists what is meant to serve. */
function couldAnswer(app: App, { target }: Routed, facts: Facts): boolean {
  const isElsewhere = app.port !== null && app.port !== target?.port && listenersOf(app, facts).length === 0
  return isWebApp(app, facts) && !(app.service && !app.daemon && isElsewhere)
}

/** An app that could answer requests: it has a port, listens somewhere, or is a Next.js app. */
function isWebApp(app: App, facts: Facts): boolean {
  return (
    app.port !== null || app.build?.isNext === true || listenersOf(app, facts).length > 0 || app.instances.length === 0
  )
}

/** The one of a list that has one alone. */
export function single<T>(candidates: readonly T[]): T | undefined {
  return candidates.length === 1 ? candidates[0] : undefined
}

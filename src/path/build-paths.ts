import { knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import type { Facts } from '../probes/index.js'
import { type App, joinApps, listenersOf, type WebProcess } from './app.js'
import { drawEdges } from './edges.js'
import type { Gateway } from './gateways.js'
import { chooseApp } from './match-app.js'
import { type Edge, type HttpAnswer, isAnswer, nameOf, type RequestPath } from './request-path.js'
import { entersBy, findFailed, findRoutes, type Route } from './routes.js'
import { acceptsAt, isLocal, type Listener, type Target } from './target.js'

type Draft = Omit<RequestPath, 'edges' | 'serves' | 'app' | 'appListeners'> & { app: App | null }

/**
 * Joins a host's facts into its request paths: one for every server that a proxied location of a gateway can send to,
 * one for a gateway that could not start, and one for every app that no gateway leads to. Pure.
 */
export function buildPaths(
  facts: Facts,
  hints: readonly AppHint[],
  fromHere: readonly HttpAnswer[] = [],
): RequestPath[] {
  const apps = joinApps(facts, hints)
  const settled = chooseApp(
    findRoutes(facts).map((route) => startAtRoute(route, facts, fromHere)),
    apps,
    facts,
  )
  const reached = new Set(settled.map((path) => path.app))
  const direct = apps.filter((app) => !reached.has(app) && isMissed(app)).map((app) => startAtApp(app, facts))
  return [...settled, ...findFailed(facts).map(startAtGateway), ...direct].map((draft) =>
    finish({ ...draft, fromHere: atUrl(draft, fromHere) ?? draft.fromHere }, facts),
  )
}

/** Whether anybody could miss an app that no gateway leads to: not a tool that somebody runs, nor what was put away. */
function isMissed({ hint, isForgotten, service, daemon }: App): boolean {
  if (hint) return true
  if (service && !daemon)
    return service.unit !== null && (service.state !== 'stopped' || service.unit.enabled === 'enabled')
  return !isForgotten
}

function startAtRoute(route: Route, facts: Facts, fromHere: readonly HttpAnswer[]): Draft {
  const { entry, ...rest } = route
  const { site, target } = rest
  const entering = (all: readonly HttpAnswer[]) => all.filter((answer) => entersBy(route, answer))
  return {
    ...rest,
    id: `${nameOf(site)}${entry.pattern} → ${target.text}`,
    app: null,
    listeners: listenersAt(target, facts),
    holders: target.port === null || target.isLocal === false ? [] : holdersOf(target.port, facts),
    direct: answers(facts).filter((answer) => answer.vantage === 'direct' && isAtTarget(answer, target)),
    throughGateway: weightiest(entering(answers(facts).filter(({ vantage }) => vantage === 'gateway'))),
    fromHere: weightiest(entering(fromHere)),
  }
}

/** Nothing is known of where it would lead: that it is down is all there is to see. */
function startAtGateway(gateway: Gateway): Draft {
  return {
    id: gateway.name,
    gateway,
    fronts: [],
    site: null,
    location: null,
    target: null,
    poolSize: 1,
    app: null,
    listeners: [],
    holders: [],
    direct: [],
    throughGateway: null,
    fromHere: null,
  }
}

function startAtApp(app: App, facts: Facts): Draft {
  const port = app.port ?? listenersOf(app, facts)[0]?.port ?? null
  const target: Target | null =
    port === null
      ? null
      : { text: `127.0.0.1:${port}`, scheme: 'http', port, unixPath: null, addresses: ['127.0.0.1'], isLocal: true }
  return {
    id: app.daemon ? `pm2 ${app.name}` : app.name,
    gateway: null,
    fronts: [],
    site: null,
    location: null,
    target,
    poolSize: 1,
    app,
    listeners: target ? listenersAt(target, facts) : [],
    holders: port === null ? [] : holdersOf(port, facts),
    direct: answers(facts).filter(
      ({ vantage, unixPath, address, port: asked }) =>
        vantage === 'direct' && unixPath === null && asked === port && isLocal([address], facts),
    ),
    throughGateway: null,
    fromHere: null,
  }
}

function finish(draft: Draft, facts: Facts): RequestPath {
  const path = { ...draft, appListeners: draft.app ? listenersOf(draft.app, facts) : [] }
  const edges = drawEdges(path, facts)
  return { ...path, edges, serves: isServing(path, edges) }
}

/** The answer that the app's public address gave. */
function atUrl({ app }: Draft, fromHere: readonly HttpAnswer[]): HttpAnswer | undefined {
  return fromHere.find(({ url }) => url === app?.hint?.url)
}

/**
 * What a visitor gets decides: a gateway that is down, a closed entrance, or an error through the gateway, is an outage
 * whatever the app itself says, and an answer is none, whichever of several servers gave it. Without a gateway the app's
 * own answer decides. That nothing answers from here alone decides nothing, as the port may be open to others only; unless
 * it is the address that the inventory calls public.
 */
function isServing(draft: Draft, edges: readonly Edge[]): boolean | null {
  const { app, fromHere, throughGateway, direct, poolSize } = draft
  // Where the gateway does not run, what answers on its port is something else.
  if (edges.some(({ id, state }) => (id === 'gateway' || id === 'entrance') && state === 'broken')) return false
  const isPublic = fromHere !== null && fromHere.url === app?.hint?.url
  const asked = [throughGateway, isPublic || fromHere?.status != null ? fromHere : null].filter(
    (answer) => answer !== null,
  )
  if (asked.length > 0) return asked.every(isAnswer) && !isNobodyBehind(draft)
  if (direct.some(isAnswer)) return true
  return direct.length > 0 && poolSize === 1 ? false : null
}

/**
 * Whether an answer through the gateway cannot be the app's, as nothing listens where the gateway dials: it is its own
 * (a page of regret, a question for the password, a copy that it kept), and who wants more gets an error.
 */
function isNobodyBehind({ target, listeners, direct, poolSize }: Draft): boolean {
  const isRefused = direct.length > 0 && direct.every(({ failure }) => failure === 'refused')
  return target?.isLocal === true && poolSize === 1 && listeners.length === 0 && isRefused
}

function answers(facts: Facts): HttpAnswer[] {
  return knownValue(facts.http)?.answers ?? []
}

/** A site that only sends port 80 on to 443 says 301 there: what the proxied side says comes first. */
function weightiest(given: readonly HttpAnswer[]): HttpAnswer | null {
  const weight = (answer: HttpAnswer) => (isRedirect(answer) ? 1 : 0)
  return given.toSorted((a, b) => weight(a) - weight(b))[0] ?? null
}

function isRedirect({ status }: HttpAnswer): boolean {
  return status === 301 || status === 308
}

function isAtTarget(answer: HttpAnswer, target: Target): boolean {
  if (target.unixPath !== null) return answer.unixPath === target.unixPath
  return answer.unixPath === null && answer.port === target.port && target.addresses.includes(answer.address)
}

function listenersAt({ addresses, port, isLocal }: Target, facts: Facts): Listener[] {
  const all = knownValue(facts.listeners)?.listeners ?? []
  return port === null || isLocal === false
    ? []
    : all.filter((listener) => addresses.some((address) => acceptsAt(listener, address, port)))
}

function holdersOf(port: number, facts: Facts): WebProcess[] {
  const pids = knownValue(facts.listeners)
    ?.listeners.filter((listener) => listener.port === port)
    .flatMap(({ pids }) => pids)
  const all = knownValue(facts.processes)?.processes ?? []
  return all.filter(({ pid }) => pids?.includes(pid))
}

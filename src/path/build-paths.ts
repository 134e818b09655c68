import { knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import type { Facts } from '../probes/index.js'
import { type App, joinApps, listenersOf, type WebProcess } from './app.js'
import { drawEdges } from './edges.js'
import { chooseApp } from './match-app.js'
import {
  type Edge,
  type HttpAnswer,
  isAnswer,
  type Location,
  nameOf,
  type RequestPath,
  type Site,
} from './request-path.js'
import { acceptsAt, type Listener, resolveTarget, type Target } from './target.js'

type Draft = Omit<RequestPath, 'edges' | 'serves' | 'app' | 'appListeners'> & { app: App | null }

/**
 * Joins a host's facts into its request paths: one for every server that a proxied location of the gateway can send to,
 * and one for every app that no gateway leads to. Pure.
 */
export function buildPaths(
  facts: Facts,
  hints: readonly AppHint[],
  fromHere: readonly HttpAnswer[] = [],
): RequestPath[] {
  const apps = joinApps(facts, hints)
  const routed = routes(facts).map((route) => follow(route, facts))
  const settled = chooseApp(routed, apps, facts)
  const reached = new Set(settled.map((path) => path.app))
  const direct = apps
    .filter((app) => !reached.has(app) && (!app.isForgotten || app.hint))
    .map((app) => startAtApp(app, facts))
  return [...settled, ...direct].map((draft) => finish({ ...draft, fromHere: answerFromHere(draft, fromHere) }, facts))
}

interface Route {
  site: Site
  location: Location
  target: Target
  poolSize: number
}

function routes(facts: Facts): Route[] {
  const nginx = knownValue(facts.nginx)
  if (!nginx) return []
  return nginx.sites.flatMap((site) =>
    site.locations.flatMap((location) => {
      const pass = location.proxyPass
      if (!pass || !/^(https?|grpcs?)$/.test(pass.target.scheme)) return []
      const pool = nginx.upstreams
        .find(({ name }) => name === pass.upstream)
        ?.servers.filter((server) => !server.isDown)
      const written = pool?.map(({ target }) => ({ ...target, scheme: pass.target.scheme })) ?? [pass.target]
      return written.map((target) => ({
        site,
        location,
        target: resolveTarget(target, facts),
        poolSize: written.length,
      }))
    }),
  )
}

function follow(route: Route, facts: Facts): Draft {
  const { site, location, target } = route
  return {
    ...route,
    id: `${nameOf(site)}${location.pattern} → ${target.text}`,
    app: null,
    listeners: listenersAt(target, facts),
    holders: target.port === null || target.isLocal === false ? [] : holdersOf(target.port, facts),
    direct: answers(facts).filter((answer) => answer.vantage === 'direct' && isAtTarget(answer, target)),
    throughGateway: answerThrough(site, location, answers(facts)),
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
    site: null,
    location: null,
    target,
    poolSize: 1,
    app,
    listeners: target ? listenersAt(target, facts) : [],
    holders: port === null ? [] : holdersOf(port, facts),
    direct: answers(facts).filter(
      (answer) => answer.vantage === 'direct' && answer.unixPath === null && answer.port === port,
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

/** The answer that was given to a request from here: at the app's public address, else at the site's own port. */
function answerFromHere({ app, site }: Draft, fromHere: readonly HttpAnswer[]): HttpAnswer | null {
  const atUrl = fromHere.find(({ url }) => url === app?.hint?.url)
  const atSite = fromHere.find(
    ({ port, hostHeader }) =>
      site?.listens.some((listen) => listen.port === port) &&
      (hostHeader === null || site.names.includes(hostHeader) || hostHeader === nameOf(site)),
  )
  return atUrl ?? atSite ?? null
}

/**
 * What a visitor gets decides: a closed entrance, or an error through the gateway, is an outage whatever the app itself
 * says. Without a gateway the app's own answer decides. That nothing answers from here alone decides nothing, as the port
 * may be open to others only; unless it is the address that the inventory calls public.
 */
function isServing({ app, fromHere, throughGateway, direct, poolSize }: Draft, edges: readonly Edge[]): boolean | null {
  if (edges.some(({ id, state }) => id === 'entrance' && state === 'broken')) return false
  const isPublic = fromHere !== null && fromHere.url === app?.hint?.url
  const asked = [throughGateway, isPublic || fromHere?.status != null ? fromHere : null].filter(
    (answer) => answer !== null,
  )
  if (asked.some((answer) => !isAnswer(answer))) return false
  if (direct.length > 0 && (poolSize > 1 || asked.length === 0)) return direct.some(isAnswer)
  return asked.length > 0 ? true : null
}

function answers(facts: Facts): HttpAnswer[] {
  return knownValue(facts.http)?.answers ?? []
}

function answerThrough(site: Site, location: Location, all: readonly HttpAnswer[]): HttpAnswer | null {
  const own = all.filter(
    (answer) =>
      answer.vantage === 'gateway' &&
      site.listens.some(({ port }) => port === answer.port) &&
      (answer.hostHeader === null || site.names.includes(answer.hostHeader) || answer.hostHeader === nameOf(site)),
  )
  // A site that only sends port 80 on to 443 says 301 there: what the proxied side says comes first.
  const byWeight = own.toSorted((a, b) => Number(isRedirect(a)) - Number(isRedirect(b)))
  return (
    byWeight.find((answer) => answer.path === location.pattern) ??
    byWeight.find(({ path }) => path === '/') ??
    byWeight[0] ??
    null
  )
}

function isRedirect({ status }: HttpAnswer): boolean {
  return status === 301 || status === 308
}

function isAtTarget(answer: HttpAnswer, target: Target): boolean {
  if (target.unixPath !== null) return answer.unixPath === target.unixPath
  return answer.unixPath === null && answer.port === target.port && target.addresses.includes(answer.address)
}

function listenersAt({ addresses, port }: Target, facts: Facts): Listener[] {
  const all = knownValue(facts.listeners)?.listeners ?? []
  return port === null ? [] : all.filter((listener) => addresses.some((address) => acceptsAt(listener, address, port)))
}

function holdersOf(port: number, facts: Facts): WebProcess[] {
  const pids = knownValue(facts.listeners)
    ?.listeners.filter((listener) => listener.port === port)
    .flatMap(({ pids }) => pids)
  const all = knownValue(facts.processes)?.processes ?? []
  return all.filter(({ pid }) => pids?.includes(pid))
}

import { knownValue } from '../fact.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { Firewall } from '../probes/firewall.js'
import type { GatewayFacts } from '../probes/gateway/facts.js'
import type { Facts } from '../probes/index.js'
import { describeAnswer, rateOf, requestEvidence, sayFailure } from './answer.js'
import type { WebProcess } from './app.js'
import { decidePort } from './firewall-decision.js'
import type { Gateway } from './gateways.js'
import { isDaemonHidden } from './pm2-state.js'
import {
  type Edge,
  type EdgeId,
  type Evidence,
  type HttpAnswer,
  type Location,
  nameOf,
  type RequestPath,
} from './request-path.js'
import type { ServiceApp, ServiceState } from './service-app.js'
import { acceptsAt, isLoopback } from './target.js'

type Joined = Omit<RequestPath, 'edges' | 'serves'>
type Draw = (path: Joined, facts: Facts) => Edge | undefined

/** Draws the links of a path in the order in which a request passes them; a link that this path does not have is left out. */
export function drawEdges(path: Joined, facts: Facts): Edge[] {
  return [gateway, entrance, site, target, process, manager, folder, build, answer]
    .map((draw: Draw) => draw(path, facts))
    .filter((edge) => edge !== undefined)
}

function edge(id: EdgeId, label: string, state: Edge['state'], detail: string, evidence: Evidence[] = []): Edge {
  return { id, label, state, detail, evidence }
}

const gateway: Draw = ({ gateway, fronts, site }) => {
  if (!gateway) return undefined
  const passed = [...new Set([...fronts, gateway])]
  const ports = [...new Set((site?.listens ?? []).map(({ port }) => port).filter((port) => port !== null))]
  const [first, ...behind] = passed.map(({ name }) => name)
  const label = joinWords([ports.length === 0 ? `${first}` : `${first} :${ports.join(',')}`, ...behind])
  const stopped = passed.find(({ facts }) => !facts.running)
  if (stopped) {
    const detail = behind.length === 0 ? t`not running` : t`${stopped.name} is not running`
    return edge('gateway', label, 'broken', detail, [{ source: 'ps', text: t`no ${processOf(stopped)}` }])
  }
  const seen = passed.map((each) => ({ source: 'ps', text: t`${processOf(each)}, pid ${each.facts.masterPid}` }))
  return edge('gateway', label, 'proven', t`running`, seen)
}

/** What the process list calls the one process that the others of a gateway are children of. */
function processOf({ kind, unit }: Gateway): string {
  return kind === 'nginx' ? 'nginx master' : t`${unit} process`
}

/** Whether visitors reach the gateway's port: a request from here did, or the host's own firewall says so. */
const entrance: Draw = ({ site, fromHere }, facts) => {
  const open = site?.listens.find(({ address, port }) => port !== null && !isLoopback(address))
  if (!open || open.port === null) return undefined
  const label = t`firewall :${open.port}`
  const asked = fromHere ? [requestEvidence(fromHere)] : []
  // 52x of a CDN is the CDN's own word: it did not get in.
  const isCdns = fromHere?.cdnRay != null && (fromHere.status ?? 0) >= 520
  if (fromHere?.status != null && !isCdns) return edge('entrance', label, 'proven', t`answers from here`, asked)
  if (fromHere && isUnheard(fromHere, facts))
    return edge('entrance', label, 'unknown', t`nothing listens on ${fromHere.address}:${fromHere.port}`, asked)
  const firewalls = knownValue(facts.firewall)?.firewalls
  if (!firewalls) return edge('entrance', label, 'unknown', t`the rules could not be seen`, asked)
  const { outcome, firewall, rule } = decidePort(firewalls, open.port)
  const text = rule?.text ?? (firewall ? t`policy ${firewall.inputPolicy}` : null)
  const evidence = [...(firewall && text ? [{ source: firewall.tool, text }] : []), ...asked]
  const isClosed = outcome === 'drop' || outcome === 'reject'
  const few = isClosed ? openToFew(firewalls, open.port) : undefined
  if (few) return edge('entrance', label, 'proven', t`open to ${few}`, evidence)
  if (isClosed && publicPorts.includes(open.port)) {
    return edge(
      'entrance',
      label,
      'broken',
      outcome === 'drop' ? t`packets dropped` : t`connections rejected`,
      evidence,
    )
  }
  if (outcome === 'accept' && facts.firewall.known && facts.firewall.blind.length === 0)
    return edge('entrance', label, 'proven', t`open`, evidence)
  return edge('entrance', label, 'unknown', t`not all rules could be seen`, evidence)
}

/** Whether it was refused at an address of this host where nothing listens: `listen [::]:80` takes no IPv4. */
function isUnheard({ failure, address, port }: HttpAnswer, { host, listeners }: Facts): boolean {
  if (failure !== 'refused' || !listeners.known || !knownValue(host)?.addresses.includes(address)) return false
  return !listeners.value.listeners.some((listener) => acceptsAt(listener, address, port))
}

/** Ports that visitors come to; another one may be meant for a few, or for a tunnel. */
const publicPorts: readonly number[] = [80, 443]

/** The source that a port is opened for, if only for some: then somebody meant it so (a load balancer before it). */
function openToFew(firewalls: readonly Firewall[], port: number): string | undefined {
  const rules = firewalls.filter(({ active }) => active).flatMap(({ rules }) => rules)
  return (
    rules.find(
      ({ action, source, ports }) =>
        action === 'accept' && source !== null && ports.some(([from, to]) => from <= port && port <= to),
    )?.source ?? undefined
  )
}

function isAllDown({ proxyPass }: Location, upstreams: GatewayFacts['upstreams']): boolean {
  const servers = upstreams.find(({ name }) => name === proxyPass?.upstream)?.servers ?? []
  return servers.length > 0 && servers.every(({ isDown }) => isDown)
}

const site: Draw = ({ gateway, site, location }) => {
  if (!gateway || !site || !location) return undefined
  const { file, line } = location.proxyPass?.place ?? location.place
  const unset = unsetHeaders(location)
  const remark = (text: string) => (unset.length === 0 ? text : t`${text} (sets no ${joinWords(unset)})`)
  const written = `${gateway.words.dial} ${location.proxyPass?.target.text ?? ''}`
  const evidence = [{ source: `${file}:${line}`, text: remark(written) }]
  const label = `${nameOf(site)}${location.pattern}`
  const { mistakes, running, upstreams } = gateway.facts
  if (isAllDown(location, upstreams)) return edge('site', label, 'broken', t`every server is marked down`, evidence)
  if (mistakes.length > 0 && running)
    return edge('site', label, 'broken', t`${gateway.name} refuses this configuration`, evidence)
  return edge('site', label, 'proven', remark(`${file}:${line}`), evidence)
}

/** The headers that an app behind a gateway is told the visitor by, and that a WebSocket needs; in a troubleshooter's order. */
const passedHeaders = ['Host', 'X-Real-IP', 'X-Forwarded-For', 'X-Forwarded-Proto', 'Upgrade', 'Connection']

/** Which of them the location does not pass on: no cause of a 502, but of wrong redirects, lost addresses and dead sockets. */
function unsetHeaders({ headers }: Location): string[] {
  const set = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  return passedHeaders.filter((name) => !set.has(name.toLowerCase()))
}

const target: Draw = ({ target, listeners, direct }, facts) => {
  if (!target) return undefined
  const [listener] = listeners
  const connected = direct.find(
    ({ failure }) => failure === null || failure === 'response-timeout' || failure === 'empty',
  )
  if (listener) {
    const evidence = {
      source: knownValue(facts.listeners)?.source ?? 'ss',
      text: `LISTEN ${listener.address}:${listener.port}`,
    }
    return edge('target', target.text, 'proven', t`listening`, [evidence])
  }
  if (connected) return edge('target', target.text, 'proven', t`accepts connections`, [requestEvidence(connected)])
  // That the one who looked may not open a socket says nothing of the gateway.
  const failed = direct.find(({ failure }) => failure !== null && failure !== 'denied')
  const quoted = failed ? [requestEvidence(failed)] : []
  if (failed?.failure === 'connect-timeout') return edge('target', target.text, 'broken', t`does not answer`, quoted)
  if (failed)
    return edge(
      'target',
      target.text,
      'broken',
      failed.failure === 'refused'
        ? t`nothing listens`
        : target.unixPath === null
          ? sayFailure(failed.failure)
          : t`no such socket`,
      quoted,
    )
  if (target.unixPath !== null && facts.listeners.known) {
    const isThere = facts.listeners.value.unixSockets.some(({ path }) => path === target.unixPath)
    return edge('target', target.text, isThere ? 'proven' : 'broken', isThere ? t`listening` : t`no such socket`)
  }
  if (target.isLocal !== true || !facts.listeners.known) return edge('target', target.text, 'unknown', t`not asked`)
  return edge('target', target.text, 'broken', t`nothing listens`, [
    { source: facts.listeners.value.source, text: t`no listener on port ${target.port}` },
  ])
}

const process: Draw = ({ target, app, holders, listeners }, facts) => {
  if (target?.isLocal === false || (!app && holders.length === 0 && listeners.length === 0)) return undefined
  const family = new Set(app?.processes.map(({ pid }) => pid))
  const isClusters = app?.daemon != null && holders.some(({ pid }) => pid === app.daemon?.pid)
  const [holder] = holders
  if (holder && (family.size === 0 ? !app?.daemon : family.has(holder.pid) || isClusters))
    return edge('process', nameProcess(holder), 'proven', t`runs as ${holder.user}`)
  if (holder && app?.daemon?.apps) return edge('process', nameProcess(holder), 'broken', t`is not ${app.name}`)
  if (holder) return edge('process', nameProcess(holder), 'unknown', t`may not be ${app?.name ?? t`the app`}`)
  const own = app?.processes.at(-1)
  if (own) return edge('process', nameProcess(own), 'proven', t`alive`)
  if (listeners.length > 0) return edge('process', t`process`, 'unknown', t`its owner could not be seen`)
  if (!facts.processes.known || facts.processes.value.hidesOthers)
    return edge('process', t`process`, 'unknown', t`could not be seen`)
  return edge('process', t`process`, 'broken', t`none`)
}

/** `next-server (pid 192)`: names of processes are cut by the kernel, so only the first word is told. */
function nameProcess({ name, pid }: WebProcess): string {
  return `${name.split(' ')[0]} (pid ${pid})`
}

const manager: Draw = ({ app, target }, facts) => {
  if (target?.isLocal === false) return undefined
  if (app?.service && app.instances.length === 0) return serviceEdge(app.service)
  if (!app?.daemon) return app || facts.pm2.known ? undefined : edge('manager', 'pm2', 'unknown', t`could not be seen`)
  const label = `pm2 ${app.name}`
  const isHidden = isDaemonHidden(app.daemon, facts)
  if (app.daemon.pid === null && !isHidden) return edge('manager', label, 'broken', t`no pm2 daemon`)
  if (app.daemon.apps === null)
    return edge('manager', label, 'unknown', t`pm2 of ${app.daemon.user} could not be asked`)
  const [first] = app.instances
  if (!first) return edge('manager', label, 'broken', t`not in the pm2 list`)
  const statuses = joinWords([...new Set(app.instances.map(({ status }) => status))])
  const text = t`${app.name}: ${statuses}, ${first.restarts} restarts`
  const isUp = app.instances.some(({ status, pid }) => status === 'online' && pid !== null && pid > 0)
  return edge(
    'manager',
    label,
    isUp ? 'proven' : 'broken',
    first.pid === null ? t`${statuses}, but never spawned` : statuses,
    [{ source: `pm2 (${app.daemon.user})`, text }],
  )
}

/** systemd's word on an app that is a service. What was started by hand has no manager. */
function serviceEdge({ unit, name, state }: ServiceApp): Edge | undefined {
  if (!unit) return undefined
  const text = `${unit.activeState} (${unit.subState})`
  const isUp = state === 'running' || state === 'starting'
  return edge('manager', `systemd ${name}`, isUp ? 'proven' : 'broken', isUp ? text : sayState(state), [
    { source: `systemctl show ${unit.name}`, text },
  ])
}

function sayState(state: ServiceState): string {
  return {
    running: t`running`,
    starting: t`starting`,
    looping: t`looping`,
    failed: t`failed`,
    stopped: t`stopped`,
  }[state]
}

const folder: Draw = ({ app }) => {
  if (!app?.build) return undefined
  return app.build.exists
    ? edge('folder', app.build.cwd, 'proven', t`there`)
    : edge('folder', app.build.cwd, 'broken', t`no such folder`)
}

const build: Draw = ({ app }) => {
  const build = app?.build
  if (!build?.exists || !build.isNext) return undefined
  if (build.buildId !== null && build.missing.length === 0)
    return edge('build', t`build`, 'proven', build.buildId, [
      { source: `${build.distDir}/BUILD_ID`, text: build.buildId },
    ])
  if (build.distExists && build.missing.length === 0)
    return edge('build', t`build`, 'unknown', t`may not be read`, [
      { source: build.distDir, text: t`may not be entered` },
    ])
  const detail = !build.distExists
    ? t`no .next folder`
    : build.buildId === null
      ? t`no BUILD_ID`
      : t`lacks ${joinWords(build.missing)}`
  return edge('build', t`build`, 'broken', detail, [{ source: build.distDir, text: detail }])
}

/** Failures that come before a connection. */
const unconnected: readonly string[] = ['refused', 'unreachable', 'connect-timeout', 'denied', 'dns']

const answer: Draw = ({ direct, throughGateway, fromHere }) => {
  const mixed = [...direct, throughGateway, fromHere].find((given) => given !== null && rateOf(given) !== undefined)
  if (mixed) return edge('answer', t`answer`, 'broken', describeAnswer(mixed), [requestEvidence(mixed)])
  // Where nothing takes connections, the link to the target has said so.
  if (direct.length > 0 && direct.every(({ failure }) => failure !== null && unconnected.includes(failure)))
    return undefined
  const given = direct.find(({ status }) => status !== null) ?? direct[0] ?? throughGateway
  if (!given) return undefined
  const isGood = given.status !== null && given.status < 500
  const detail = given.status === null ? sayFailure(given.failure) : `HTTP ${given.status}`
  return edge('answer', t`answer`, isGood ? 'proven' : 'broken', detail, [requestEvidence(given)])
}

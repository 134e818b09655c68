import { lookup } from 'node:dns'
import { get as getHttp, type IncomingHttpHeaders } from 'node:http'
import { get as getHttps } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { knownValue } from '../fact.js'
import type { Host } from '../inventory/host.js'
import { gatewaysToAsk } from '../probes/gateway/to-ask.js'
import { joinSamples } from '../probes/http/join-samples.js'
import type { HttpAnswer, HttpRequest } from '../probes/http.js'
import type { Facts } from '../probes/index.js'
import { limitTime } from '../time-limit.js'

const timeoutMs = 3_000
/** The same as on the host (probes/http/ask.ts): samples are spread over a while, and none begins after this time. */
const samplingMs = 9_000
const spreadMs = 4_000
const leastPauseMs = 100
/** A gateway with more sites than this is asked for the first of them only: one site shows whether the port is open. */
const mostSites = 20

/**
 * Asks a host's web sites from this machine, as a visitor would: the public addresses that the inventory gives, and, on
 * a host that is reached directly, the ports that its gateways listen on. Never rejects.
 */
export async function askFromHere(host: Host, facts: Facts, signal: AbortSignal): Promise<HttpAnswer[]> {
  // Behind a jump host or a forwarded port, the host's own ports are not at this address.
  const isDirect =
    host.transport !== 'local' && !host.jump && host.proxyCommand === undefined && !isLoopback(host.address)
  const entrances = isDirect ? entrancesOf(host, facts) : []
  const requests = [...host.apps.flatMap(({ url }) => (url === undefined ? [] : [requestOf(url)])), ...entrances]
  const answers = await Promise.all(requests.map((request) => askOften(request, host.samples ?? 1, signal)))
  return joinSamples(answers.flat())
}

/** One after the other, with pauses: an answer for each, fewer where time runs out. */
async function askOften(request: HttpRequest, samples: number, signal: AbortSignal): Promise<HttpAnswer[]> {
  const startedMs = Date.now()
  const answers = [await ask(request, signal)]
  while (answers.length < samples && Date.now() - startedMs < samplingMs) {
    // Each pause is another, as on the host: requests that take turns would meet the same worker of a cluster each time.
    const pauseMs = Math.max(leastPauseMs, spreadMs / samples) * (0.5 + Math.random())
    const isOver = await setTimeout(pauseMs, false, { signal }).catch(() => true)
    if (isOver) break
    answers.push(await ask(request, signal))
  }
  return answers
}

function entrancesOf({ address }: Host, facts: Facts): HttpRequest[] {
  const sites = gatewaysToAsk({
    nginx: knownValue(facts.nginx),
    apache: knownValue(facts.apache),
    caddy: knownValue(facts.caddy),
    haproxy: knownValue(facts.haproxy),
  })
    .flatMap((gateway) => gateway.sites)
    .filter(({ locations }) => locations.some(({ proxyPass }) => proxyPass))
  const requests = sites.slice(0, mostSites).flatMap(({ names, listens }) =>
    listens
      .filter((listen) => listen.port !== null && !isLoopback(listen.address))
      .map(({ port, isTls }) => {
        const name = names.find((word) => /^[\w.-]+$/.test(word) && word !== '_') ?? address
        return {
          ...requestOf(`http${isTls ? 's' : ''}://${isIPv6(address) ? `[${address}]` : address}:${port}/`),
          hostHeader: name,
        }
      }),
  )
  return [...new Map(requests.map((request) => [`${request.url} ${request.hostHeader}`, request])).values()]
}

function requestOf(url: string): HttpRequest {
  const { hostname, port, pathname, protocol } = new URL(url)
  return {
    vantage: 'gateway',
    url,
    address: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    path: pathname,
    unixPath: null,
    hostHeader: hostname,
  }
}

function ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const startedMs = Date.now()
  const { url, hostHeader } = request
  const get = url.startsWith('https:') ? getHttps : getHttp
  const limit = limitTime(timeoutMs, signal, 'host')
  const resolved: string[] = []
  return new Promise((resolve) => {
    let isConnected = false
    const settle = (result: Pick<HttpAnswer, 'status' | 'failure'>, headers: IncomingHttpHeaders = {}) => {
      limit.stop()
      resolve({
        ...request,
        ...result,
        elapsedMs: Date.now() - startedMs,
        server: headers.server?.toString() ?? null,
        location: headers.location ?? null,
        ...(resolved.length > 0 && { resolved }),
        ...(headers['cf-ray'] !== undefined && { cdnRay: headers['cf-ray'].toString() }),
      })
    }
    const options = {
      signal: limit.signal,
      agent: false,
      lookup: noteAddresses(resolved),
      headers: { host: hostHeader ?? request.address },
      ...(hostHeader !== null && { servername: hostHeader }),
      // Whether a certificate is good is a question of its own; here it is asked whether anybody answers.
      rejectUnauthorized: false,
    }
    const sent = get(url, options, (response) => {
      response.destroy()
      settle({ status: response.statusCode ?? null, failure: null }, response.headers)
    })
    sent.on('socket', (socket) => socket.on('connect', () => (isConnected = true)))
    sent.on('error', (error) => settle({ status: null, failure: failureOf(error, isConnected) }))
  })
}

/** Resolves as usual, and keeps what a name was resolved to. */
function noteAddresses(resolved: string[]): LookupFunction {
  return (name, options, done) => {
    lookup(name, options, (error, found, family) => {
      resolved.push(...(Array.isArray(found) ? found.map(({ address }) => address) : [found]).filter(Boolean))
      done(error, found, family)
    })
  }
}

const failures: Readonly<Record<string, HttpAnswer['failure']>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'connect-timeout',
}

function failureOf(error: NodeJS.ErrnoException, isConnected: boolean): HttpAnswer['failure'] {
  const isLate = error.name === 'AbortError' || error.name === 'TimeoutError'
  if (isLate) return isConnected ? 'response-timeout' : 'connect-timeout'
  const code = error.code ?? ''
  if (/^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_SSL)/.test(code)) return 'tls'
  return code.startsWith('HPE_') ? 'not-http' : (failures[code] ?? 'other')
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|localhost$)/.test(address)
}

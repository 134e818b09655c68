import { get as getHttp, type IncomingHttpHeaders } from 'node:http'
import { get as getHttps } from 'node:https'
import type { AppHint } from '../inventory/host.js'
import type { HttpAnswer } from '../probes/http.js'

const timeoutMs = 5_000

/** Asks the public addresses that the inventory gives, as a visitor would, from this machine. Never rejects. */
export async function askFromHere(apps: readonly AppHint[], signal: AbortSignal): Promise<HttpAnswer[]> {
  const urls = [...new Set(apps.flatMap(({ url }) => (url === undefined ? [] : [url])))]
  return Promise.all(urls.map((url) => ask(url, signal)))
}

function ask(url: string, signal: AbortSignal): Promise<HttpAnswer> {
  const startedMs = Date.now()
  const { hostname, port, pathname, protocol } = new URL(url)
  const isTls = protocol === 'https:'
  const asked = {
    vantage: 'gateway' as const,
    url,
    address: hostname,
    port: Number(port) || (isTls ? 443 : 80),
    path: pathname,
    unixPath: null,
    hostHeader: hostname,
  }
  return new Promise((resolve) => {
    let isConnected = false
    const settle = (rest: Pick<HttpAnswer, 'status' | 'failure'>, headers: IncomingHttpHeaders = {}) =>
      resolve({
        ...asked,
        ...rest,
        elapsedMs: Date.now() - startedMs,
        server: headers.server?.toString() ?? null,
        location: headers.location ?? null,
      })
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const request = (isTls ? getHttps : getHttp)(url, { signal: deadline, agent: false }, (response) => {
      response.destroy()
      settle({ status: response.statusCode ?? null, failure: null }, response.headers)
    })
    request.on('socket', (socket) => socket.on('connect', () => (isConnected = true)))
    request.on('error', (error) => settle({ status: null, failure: failureOf(error, isConnected) }))
  })
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
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return isConnected ? 'response-timeout' : 'connect-timeout'
  const code = error.code ?? ''
  if (/^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_SSL)/.test(code)) return 'tls'
  return code.startsWith('HPE_') ? 'not-http' : (failures[code] ?? 'other')
}

import { request } from 'node:http'

/** What a visitor gets: an HTTP status, or why there was none. `unreachable`: there is no such machine. */
export type Answer = number | 'refused' | 'timeout' | 'unreachable' | 'cut'

const limitMs = 5_000
const reasons: Record<string, Answer> = { ECONNREFUSED: 'refused', EHOSTUNREACH: 'unreachable', ECONNRESET: 'cut' }

/** Asks for the front page of classrooom.test at this address, as a visitor from outside would. */
export function askSite(address: string, port = 80): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path: '/',
      headers: { host: 'classrooom.test' },
      agent: false,
      timeout: limitMs,
    })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 'cut')
    })
    asked.on('timeout', () => {
      resolve('timeout')
      asked.destroy()
    })
    asked.on('error', (error: NodeJS.ErrnoException) => {
      const reason = reasons[error.code ?? '']
      if (reason === undefined) reject(error)
      else resolve(reason)
    })
    asked.end()
  })
}

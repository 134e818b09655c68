import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCheck } from '../support/run-checks.js'

const servers: Server[] = []
let port = 0
let silentPort = 0

const pages: Record<string, { status: number; body: string }> = {
  '/': { status: 200, body: 'hello\n\nHTTP/1.1 500 no head\nstate: up' },
  '/json': { status: 200, body: '{"state":"up","queue":{"jobs":[3,17]}}' },
  '/down': { status: 503, body: '{"state":"down"}' },
  '/moved': { status: 301, body: '' },
  '/large': { status: 200, body: `${'x'.repeat(1_000_000)} end` },
}

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  port = await listen(
    createServer(({ url = '', headers }, response) => {
      const { status, body } = pages[url] ?? { status: 404, body: `nobody, ${headers['user-agent']}` }
      response.writeHead(status, { location: '/json' }).end(body)
    }),
  )
  silentPort = await listen(createTcpServer((socket) => socket.on('error', () => {})))
})

afterAll(() => {
  for (const server of servers) server.close()
})

const clients = [
  ['curl', []],
  ['wget', ['curl']],
  ['node', ['curl', 'wget']],
] as const

describe.each(clients)('a URL asked by %s', (_, hidden) => {
  const ask = async (path: string, expectation: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => {
    const check = { name: 'page', url: `http://127.0.0.1:${port}${path}`, expect: expectation, ...more }
    const { state, message } = await runCheck(check, { hidden })
    return [state, message]
  }

  it('passes by its status, and fails by it', async () => {
    expect(await ask('/')).toEqual(['pass', 'HTTP 200'])
    expect(await ask('/moved')).toEqual(['pass', 'HTTP 301'])
    expect(await ask('/gone')).toEqual(['fail', 'HTTP 404, not below 400'])
    expect(await ask('/down')).toEqual(['fail', 'HTTP 503, not below 400'])
    expect(await ask('/down', { httpStatus: 503, text: 'down' })).toEqual(['pass', "'down' is in the output"])
    expect(await ask('/', { httpStatus: [301, 302] })).toEqual(['fail', 'HTTP 200, not 301 or 302'])
  })

  it('is judged by its body, of which the head is no part', async () => {
    expect(await ask('/', { text: 'hello\n\nHTTP/1.1 500' })).toEqual(['pass', "'hello' is in the output"])
    expect(await ask('/', { regex: '(?i)^location:' })).toEqual(['fail', '/(?i)^location:/ is not in the output'])
    expect(await ask('/json', { json: { path: 'queue.jobs.1', atMost: 10 } })).toEqual([
      'fail',
      "'queue.jobs.1' is 17, not at most 10",
    ])
    expect(await ask('/gone', { httpStatus: 404, text: 'nobody, fleetdx' })).toContain('pass')
  })

  it('with a page of any size has a status, and is unknown past what is kept', async () => {
    expect(await ask('/large', { text: 'xxx' })).toContain('pass')
    expect(await ask('/large', { text: 'end' })).toEqual(['unknown', "'end' is not in what was read of the output"])
  })

  it('fails where nobody answers', async () => {
    const [state, message] = await ask('', {}, { url: 'http://127.0.0.1:1/' })
    expect(state).toBe('fail')
    expect(message).toMatch(/^no answer: .*(?:refused|connect)/i)
  })

  it('fails where the answer does not come in time', async () => {
    const [state, message] = await ask('', {}, { url: `http://127.0.0.1:${silentPort}/`, timeout: '1s' })
    expect(state).toBe('fail')
    expect(message).toMatch(/^no answer/)
  })
})

it('without any client is unknown', async () => {
  const check = { name: 'page', url: `http://127.0.0.1:${port}/` }
  expect(await runCheck(check, { hidden: ['curl', 'wget', 'node'] })).toMatchObject({
    state: 'unknown',
    because: { what: 'the check page', reason: 'tool-missing' },
  })
})

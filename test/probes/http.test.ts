import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFrames } from '../../src/collect/frames.js'
import { buildRound, roundCommand } from '../../src/collect/script.js'
import { askAll } from '../../src/probes/http/ask.js'
import { readAnswer } from '../../src/probes/http/read-answer.js'
import http, { type HttpAnswer, type HttpRequest } from '../../src/probes/http.js'
import { fixtureNonce, readSection, toSection } from '../support/read-section.js'

const folder = mkdtempSync(join(tmpdir(), 'http-'))
const sockets = new Set<Socket>()
const servers: Server[] = []

async function listen(server: Server, ...where: [string] | [number, string]): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) =>
    where.length === 1 ? server.listen(where[0], resolve) : server.listen(...where, resolve),
  )
  const address = server.address() as AddressInfo | string
  return typeof address === 'string' ? 0 : address.port
}

/** Loopback servers of every temper, by name. */
const ports: Record<string, number> = {}

beforeAll(async () => {
  const greeter = createHttpServer((request, response) => {
    response.setHeader('Server', `greeter of ${request.headers.host}`)
    response.end('hello')
  })
  ports.greeter = await listen(greeter, 0, '127.0.0.1')
  ports.mover = await listen(
    createHttpServer((_, response) => response.writeHead(307, { location: '/en' }).end()),
    0,
    '::1',
  )
  ports.closer = await listen(
    createServer((socket) => socket.on('data', () => socket.end())),
    0,
    '127.0.0.1',
  )
  ports.resetter = await listen(
    createServer((socket) => socket.on('data', () => socket.resetAndDestroy())),
    0,
    '127.0.0.1',
  )
  ports.stranger = await listen(
    createServer((socket) => socket.on('data', () => socket.end('SSH-2.0-x\r\n'))),
    0,
    '127.0.0.1',
  )
  let asked = 0
  ports.moody = await listen(
    createHttpServer(({ url }, response) => {
      // Whoever else looks at this machine's listeners asks for `/`.
      asked += url === '/moody' ? 1 : 0
      response.writeHead(asked % 3 === 2 ? 500 : 200).end()
    }),
    0,
    '127.0.0.1',
  )
  ports.sleeper = await listen(createServer(), 0, '127.0.0.1')
  ports.gone = await listen(createServer(), 0, '127.0.0.1')
  servers.at(-1)?.close()
  await listen(
    createHttpServer((_, response) => response.writeHead(503).end()),
    join(folder, 'app.sock'),
  )
})

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

function ask(change: Partial<HttpRequest> & { scheme?: string }): HttpRequest {
  const { scheme = 'http', ...rest } = change
  const base = {
    vantage: 'direct',
    address: '127.0.0.1',
    port: 0,
    path: '/',
    unixPath: null,
    hostHeader: null,
  } as const
  const request = { ...base, ...rest }
  const address = request.address.includes(':') ? `[${request.address}]` : request.address
  return { ...request, url: change.url ?? `${scheme}://${address}:${request.port}${request.path}` }
}

/** Runs the real script, with some programs hidden in a mount namespace of its own. */
async function askFor(
  requests: HttpRequest[],
  { shell = 'sh', hidden = [] as string[], samples = 1, again = [] as HttpRequest[] } = {},
) {
  const script = askAll(requests, [], { samples, again })
  const input = buildRound([{ probe: http, script }], { nonce: fixtureNonce, sudo: 'never' })
  const hide = hidden.map((program) => `mount --bind /dev/null $(readlink -f $(command -v ${program}))`).join(' && ')
  const command = roundCommand.replace('/bin/sh', shell)
  const child = spawn('unshare', ['-m', 'sh', '-c', `${hide || ':'}; ${command}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  child.stdin.write(input)
  await new Promise((resolve) => child.on('close', resolve))
  const section = readFrames(Buffer.concat(pieces), fixtureNonce).sections.get('http')
  if (!section) throw new Error('no section came back')
  return section
}

const brief = ({ status, failure, server, location }: HttpAnswer) =>
  [status ?? failure, server, location].filter(Boolean).join(' ')

describe.each([
  ['curl', 'dash', []],
  ['curl', 'bash', []],
  ['curl', 'busybox sh', []],
  ['node', 'dash', ['curl', 'wget']],
  ['wget', 'dash', ['curl']],
] as const)('%s in %s', (tool, shell, hidden) => {
  it('tells answers of every kind, and failures of every kind, apart', async () => {
    const requests = [
      ask({ port: ports.greeter ?? 0, hostHeader: 'shop.example.com' }),
      ask({ port: ports.mover ?? 0, address: '::1' }),
      ask({ port: ports.closer ?? 0 }),
      ask({ port: ports.resetter ?? 0 }),
      ask({ port: ports.stranger ?? 0 }),
      ask({ port: ports.sleeper ?? 0 }),
      ask({ port: ports.gone ?? 0 }),
      ask({ port: 80, address: 'no-such-host.invalid' }),
      ask({ port: ports.greeter ?? 0, scheme: 'https' }),
    ]
    const { answers, tool: used } = http.parse(await askFor(requests, { shell, hidden: [...hidden] }))
    expect(used).toBe(tool)
    const byUrl = new Map(answers.map((answer) => [answer.url, answer]))
    expect(requests.map(({ url }) => byUrl.get(url)).map((answer) => answer && brief(answer))).toEqual([
      '200 greeter of shop.example.com',
      '307 /en',
      'empty',
      'reset',
      'not-http',
      'response-timeout',
      'refused',
      'dns',
      'tls',
    ])
  }, 20_000)

  it('asks over Unix sockets, or says that it cannot', async () => {
    const here = ask({ unixPath: join(folder, 'app.sock'), url: 'http://localhost/' })
    const nowhere = ask({ unixPath: join(folder, 'none.sock'), url: 'http://localhost/none' })
    const section = await askFor([here, nowhere], { shell, hidden: [...hidden] })
    const answers = http.parse(section).answers.map(brief)
    if (tool === 'wget') expect(section.blind.map(({ reason }) => reason)).toEqual(['tool-missing', 'tool-missing'])
    else expect(answers).toEqual(['503', 'unreachable'])
  })

  it('makes a request again and again where one answer does not settle it, and counts', async () => {
    const moody = ask({ port: ports.moody ?? 0, path: '/moody' })
    const greeter = ask({ port: ports.greeter ?? 0 })
    const section = await askFor([moody, greeter], { shell, hidden: [...hidden], samples: 9, again: [moody] })
    const [one, other] = http.parse(section).answers.toSorted((a, b) => Number(!!b.samples) - Number(!!a.samples))
    expect(one).toMatchObject({
      status: 200,
      samples: { count: 9, failed: [{ status: 500, failure: null, count: 3 }] },
    })
    expect(other).not.toHaveProperty('samples')
  }, 20_000)

  it('asks a server that never answers no longer than the probe has time', async () => {
    const sleeper = ask({ port: ports.sleeper ?? 0 })
    const section = await askFor([sleeper], { shell, hidden: [...hidden], samples: 50, again: [sleeper] })
    expect(section).not.toHaveProperty('cut')
    expect(http.parse(section).answers).toMatchObject([
      { failure: 'response-timeout', samples: { count: 2, failed: [{ failure: 'response-timeout', count: 2 }] } },
    ])
  }, 30_000)
})

describe('http', () => {
  it('makes every request of a long list', async () => {
    const requests = Array.from({ length: 40 }, (_, index) => ask({ port: ports.greeter ?? 0, path: `/${index}` }))
    const { answers } = http.parse(await askFor(requests))
    expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 200))
  })

  it('says what it misses on a host without any client', async () => {
    const section = await askFor([ask({ port: 1 })], { hidden: ['curl', 'wget', 'node'] })
    expect(section.blind).toEqual([{ what: 'HTTP answers seen from the host', reason: 'tool-missing' }])
    expect(() => http.parse(section)).toThrow('HTTP answers seen from the host')
  })

  it.each(['debian-12--curl-7.88', 'debian-12--wget-1.21', 'debian-12--node-20'])('reads the capture %s', (name) => {
    const { answers } = http.parse(readSection(http, name))
    expect(answers.find(({ url }) => url === 'http://127.0.0.1:7001/')).toMatchObject({ status: 200, failure: null })
    expect(answers.find(({ url }) => url === 'http://127.0.0.1:7004/')).toMatchObject({
      status: null,
      failure: 'reset',
    })
  })

  it('drops nothing of an answer list that was cut off between answers', () => {
    const request = JSON.stringify(ask({ port: 3000 }))
    const cut = toSection(
      http,
      `@fleetdx begin http 0\ntool curl\n@fleetdx part answer ${request}\ntiming 200 0.001 0.020 0.021\n`,
    )
    expect(http.parse(cut).answers).toMatchObject([{ status: 200, elapsedMs: 20 }])
  })

  it('throws for an answer to something else', () => {
    const odd = toSection(
      http,
      '@fleetdx begin http 0\ntool curl\n@fleetdx part answer {"url":1}\n@fleetdx end http 1 \n',
    )
    expect(() => http.parse(odd)).toThrow('an answer to a request that is not one of ours: {"url":1}')
  })
})

describe('what other clients say', () => {
  it.each([
    ['* Failed connect to 127.0.0.1:3001; Connection refused', 'refused'], // curl 7.29
    ['* connect to 10.0.0.9 port 80 from 10.0.0.1 port 4 failed: No route to host', 'unreachable'], // curl 8
    ['* connect to 127.0.0.1 port 3000 failed: Permission denied', 'denied'],
    ['* Connection timed out after 3001 milliseconds', 'connect-timeout'],
    ['failed: Host is unreachable.', 'unreachable'], // musl
    ['something else', 'other'],
  ])('%s is %s', (reason, failure) => {
    const text = `timing 000 0.000000 0.000000 0.100\nreason ${reason}\n`
    expect(readAnswer({ kind: 'answer', label: JSON.stringify(ask({ port: 3000 })), text })).toMatchObject({
      status: null,
      failure,
      elapsedMs: 100,
    })
  })
})

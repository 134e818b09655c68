import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askFromHere } from '../../src/collect/ask-from-here.js'
import type { Host } from '../../src/inventory/host.js'
import { makeFacts } from '../support/facts.js'

let server: Server
let port = 0

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(521, { server: 'cloudflare', 'cf-ray': '8e7a1b2c3d4e5f60-FRA' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => server.close())

function ask(name: string) {
  const host: Host = {
    ...{ name: 'web1', address: '127.0.0.1', port: 22, user: 'deploy', identityFiles: [], knownHostsFiles: [] },
    ...{ transport: 'ssh2', sudo: 'never', labels: {}, groups: [] },
    apps: [{ name: 'shop', url: `http://${name}:${port}/` }],
    timeouts: { connectMs: 1000, commandMs: 1000, hostMs: 1000 },
  }
  return askFromHere(host, makeFacts(), new AbortController().signal)
}

it('keeps the addresses of a public name, and by which id its CDN finds the request again', async () => {
  const [answer] = await ask('localhost')
  expect(answer).toMatchObject({ status: 521, server: 'cloudflare', cdnRay: '8e7a1b2c3d4e5f60-FRA' })
  expect(answer?.resolved).toContain('127.0.0.1')
})

it('has no addresses of what is one, nor of a name that has none', async () => {
  expect((await ask('127.0.0.1'))[0]).not.toHaveProperty('resolved')
  const [unknown] = await ask('web1.invalid')
  expect(unknown).toMatchObject({ status: null, failure: 'dns' })
  expect(unknown).not.toHaveProperty('resolved')
})

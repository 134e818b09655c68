import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askFromHere } from '../../src/collect/ask-from-here.js'
import type { Host } from '../../src/inventory/host.js'
import { makeFacts } from '../support/facts.js'

let server: Server
let url = ''
let asked = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    // Whoever else looks at this machine's listeners asks for `/`.
    asked += request.url === '/shop' ? 1 : 0
    response.writeHead(asked % 3 === 2 ? 503 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`
})

afterAll(() => server.close())

/** A host whose public address is the server of this test. */
function host(samples?: number): Host {
  return {
    ...{ name: 'web1', address: '127.0.0.1', port: 22, user: 'deploy', identityFiles: [], knownHostsFiles: [] },
    ...{ transport: 'ssh2', sudo: 'never', labels: {}, groups: [] },
    apps: [{ name: 'shop', url }],
    timeouts: { connectMs: 1000, commandMs: 1000, hostMs: 1000 },
    ...(samples !== undefined && { samples }),
  }
}

describe('asked from here', () => {
  it('a public address is asked once', async () => {
    const [only, ...others] = await askFromHere(host(), makeFacts(), new AbortController().signal)
    expect(others).toEqual([])
    expect(only).toMatchObject({ status: 200, failure: null })
    expect(only).not.toHaveProperty('samples')
  })

  it('as often as samples are wanted, and the answer counts them', async () => {
    asked = 0
    const answers = await askFromHere(host(6), makeFacts(), new AbortController().signal)
    expect(answers).toMatchObject([
      { status: 200, samples: { count: 6, failed: [{ status: 503, failure: null, count: 2 }] } },
    ])
  })

  it('no longer than the host has time', async () => {
    const [only] = await askFromHere(host(6), makeFacts(), AbortSignal.abort())
    expect(only).toMatchObject({ status: null })
    expect(only).not.toHaveProperty('samples')
  })
})

import { describe, expect, it } from 'vitest'
import { acceptsAt, isLoopback, resolveTarget } from '../../src/path/target.js'
import { hostFacts, listener, makeFacts, proxy, unseen } from '../support/facts.js'

function resolve(url: string, facts = makeFacts()) {
  const written = proxy(url).proxyPass
  if (!written) throw new Error(`${url} is no target`)
  return resolveTarget(written.target, facts)
}

describe('where a proxy_pass leads', () => {
  it.each([
    ['http://127.0.0.1:3000', '127.0.0.1:3000', ['127.0.0.1'], true],
    ['http://[::1]:3000', '[::1]:3000', ['::1'], true],
    ['http://10.0.0.1:3000', '10.0.0.1:3000', ['10.0.0.1'], true],
    ['http://10.0.0.2:3000', '10.0.0.2:3000', ['10.0.0.2'], false],
    ['http://0.0.0.0:3000', '0.0.0.0:3000', ['0.0.0.0'], true],
    ['http://localhost:3000', 'localhost:3000', ['127.0.0.1', '::1'], true],
    ['http://app.internal:3000', 'app.internal:3000', [], null],
    ['http://unix:/run/app.sock', 'unix:/run/app.sock', [], true],
  ])('%s', (url, text, addresses, isLocal) => {
    expect(resolve(url)).toMatchObject({ text, addresses, isLocal })
  })

  it('localhost is what the hosts file says, and 127.0.0.1 where that is silent or was not seen', () => {
    const addressesBy = (host: ReturnType<typeof hostFacts>) =>
      resolve('http://localhost:3000', makeFacts({ host })).addresses
    expect(addressesBy(hostFacts({ localhost: ['::1'] }))).toEqual(['::1'])
    expect(addressesBy(hostFacts({ localhost: [] }))).toEqual(['127.0.0.1'])
    expect(addressesBy(unseen())).toEqual(['127.0.0.1'])
  })

  it("an address is another host's unless it is seen to be this host's", () => {
    expect(resolve('http://10.0.0.1:3000', makeFacts({ host: unseen() })).isLocal).toBe(false)
  })
})

describe('which socket takes a connection', () => {
  it.each([
    ['its own address', { address: '127.0.0.1' }, '127.0.0.1', true],
    ['another address', { address: '10.0.0.1' }, '127.0.0.1', false],
    ['all of IPv4', { address: '0.0.0.0' }, '127.0.0.1', true],
    ['all of IPv4, asked by IPv6', { address: '0.0.0.0' }, '::1', false],
    ['all of both', { address: '::', acceptsIpv4: true }, '127.0.0.1', true],
    ['all of IPv6 only', { address: '::', acceptsIpv4: false }, '127.0.0.1', false],
    ['all of IPv6, IPv4 not known', { address: '::', acceptsIpv4: null }, '127.0.0.1', true],
    ['all of IPv6', { address: '::', acceptsIpv4: false }, '::1', true],
    ['another port', { port: 3001 }, '127.0.0.1', false],
  ])('%s', (_, socket, address, accepts) => {
    expect(acceptsAt(listener(socket), address, 3000)).toBe(accepts)
  })
})

it.each([
  ['127.0.0.1', true],
  ['127.0.1.1', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['10.127.0.1', false],
])('%s stays on the host: %s', (address, isIt) => {
  expect(isLoopback(address)).toBe(isIt)
})

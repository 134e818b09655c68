import { expect, it } from 'vitest'
import { decodeIpv4, decodeIpv6, readIpv6 } from '../../src/probes/proc-net.js'

it('decodes the addresses of /proc/net/tcp', () => {
  expect(decodeIpv4('0100007F')).toBe('127.0.0.1')
})

it.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '::ffff:127.0.0.1'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
])('decodes %s of /proc/net/tcp6', (hex, address) => {
  expect(decodeIpv6(hex)).toBe(address)
})

it.each([
  ['fe80000000000000000000fcfe000001', 'fe80::fc:fe00:1'],
  ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
  ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
  ['20010db8000000000000000000000000', '2001:db8::'],
])('writes %s of /proc/net/if_inet6 in its shortest form', (hex, address) => {
  expect(readIpv6(hex)).toBe(address)
})

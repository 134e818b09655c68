/** @import { PackedPage, Shell } from '../page.js' */
/** @import { PageDetails, PageHost } from '../page-host.js' */

/** @type {PackedPage} */
const packed = JSON.parse(document.getElementById('page')?.textContent ?? '')

/** @type {Map<number, any>} */
const unpacked = new Map()

/**
 * A value by its place in the pool (`../pack.ts`), made when it is first asked for.
 * @param {number} ref
 * @returns {any}
 */
function unpack(ref) {
  if (!unpacked.has(ref)) unpacked.set(ref, unpackParts(packed.values[ref]))
  return unpacked.get(ref)
}

/** @param {any} value */
function unpackParts(value) {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(unpack)
  return Object.fromEntries(Object.entries(value).map(([key, ref]) => [key, unpack(ref)]))
}

/** @type {Shell} */
export const shell = unpack(packed.shell)

/** All hosts, in the order in which a person should look at them. @type {PageHost[]} */
export const hosts = packed.hosts.map(unpack)

const places = new Map(hosts.map(({ name }, index) => [name, index]))

/**
 * Where a host is in `hosts`.
 * @param {string} name
 */
export function findHost(name) {
  return places.get(name)
}

/**
 * What is told of one host only when somebody asks.
 * @param {number} index
 * @returns {PageDetails}
 */
export function detailsOf(index) {
  return unpack(packed.details[index] ?? -1)
}

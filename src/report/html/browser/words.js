/** @import { Words } from '../words.js' */
/** @import { PageHost } from '../page-host.js' */
import { h } from './dom.js'
import { shell } from './page.js'

/**
 * A word of the page, with values in its places.
 * @param {keyof Words} key
 * @param {(string | number)[]} values
 */
export function say(key, ...values) {
  return shell.words[key].replaceAll(/\{(\d+)\}/g, (_, index) => `${values[Number(index)] ?? ''}`)
}

/**
 * `a, b, c`, or other words with that between them which the language puts there.
 * @param {readonly string[]} words
 * @param {'list' | 'clauses'} [key]
 */
export function joinWords(words, key = 'list') {
  return words.length === 0 ? '' : words.reduce((all, word) => say(key, all, word))
}

/** A status is told by its mark, its word and its colour, never by the colour alone. */
const marks = { broken: '✖', unreachable: '⊘', unknown: '?', degraded: '▲', healthy: '✔' }

/** @typedef {PageHost['status']} Status */

/** The one that needs a person first in front. @type {readonly Status[]} */
export const statuses = ['broken', 'unreachable', 'unknown', 'degraded', 'healthy']

/** @param {Status} status */
export function markOf(status) {
  return marks[status]
}

/**
 * The mark of a status, for eyes only.
 * @param {Status} status
 */
export function drawMark(status) {
  return h('span', { class: `mark ${status}`, 'aria-hidden': 'true' }, marks[status])
}

/**
 * A link to the details of a host.
 * @param {string} name
 */
export function linkHost(name) {
  return h('a', { class: 'host', href: `#host=${encodeURIComponent(name)}` }, name)
}

/**
 * `2026-11-24 10:26:31`, in UTC; of the same day as another moment the time alone.
 * @param {number} ms
 * @param {number} [besideMs]
 */
export function tellTime(ms, besideMs) {
  const iso = new Date(ms).toISOString()
  const isSameDay = besideMs !== undefined && iso.slice(0, 10) === new Date(besideMs).toISOString().slice(0, 10)
  return isSameDay ? iso.slice(11, 19) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** @import { PageHost } from '../page-host.js' */
import { hosts } from './page.js'

/**
 * Which hosts somebody wants to see, and in what order; '' = any.
 * @type {{ text: string, status: string, group: string, cause: string, sort: string, isDescending: boolean }}
 */
export const choice = { text: '', status: '', group: '', cause: '', sort: '', isDescending: false }

/** @type {(() => void)[]} */
const listeners = []

/** Calls back now, and after each choice. @param {() => void} listener */
export function onChoice(listener) {
  listeners.push(listener)
  listener()
}

/** @param {Partial<typeof choice>} change */
export function choose(change) {
  Object.assign(choice, change)
  matches = listMatches()
  for (const listener of listeners) listener()
}

export function isFiltered() {
  return choice.text !== '' || choice.status !== '' || choice.group !== '' || choice.cause !== ''
}

/** Names and numbers in the order in which a person counts. */
export const collator = new Intl.Collator('en', { numeric: true })

/** @type {string[]} */
const haystacks = []

/** @param {number} index */
function haystackOf(index) {
  const host = hosts[index]
  if (!host) return ''
  const words = [host.name, host.status, host.verdict, host.cause, host.title, ...host.groups, ...host.differs]
  haystacks[index] ??= [...words, ...host.cells.map(({ text }) => text)].join('\n').toLowerCase()
  return haystacks[index]
}

/**
 * @param {PageHost} host
 * @param {number} index
 */
function isWanted(host, index) {
  if (choice.status !== '' && host.status !== choice.status) return false
  if (choice.group !== '' && !host.groups.includes(choice.group)) return false
  if (choice.cause !== '' && host.cause !== choice.cause) return false
  const words = choice.text.toLowerCase().split(/\s+/)
  return words.every((word) => word === '' || haystackOf(index).includes(word))
}

function listMatches() {
  const found = hosts.flatMap((host, index) => (isWanted(host, index) ? [index] : []))
  const { sort, isDescending } = choice
  if (sort === '') return found
  const keys = hosts.map((host) => keyOf(host, sort))
  const sign = isDescending ? -1 : 1
  return found.toSorted((a, b) => sign * collator.compare(keys[a] ?? '', keys[b] ?? '') || a - b)
}

/**
 * What a host is sorted by.
 * @param {PageHost} host
 * @param {string} sort `host`, `verdict`, `differs`, or the place of a column
 */
function keyOf(host, sort) {
  if (sort === 'host') return host.name
  if (sort === 'verdict') return host.title
  if (sort === 'differs') return host.differs.join(', ')
  return host.cells[Number(sort)]?.text ?? ''
}

/** The hosts that are wanted, in order, by their place in `hosts`. */
export let matches = listMatches()

/** @import { PageCommonCause } from '../clusters.js' */
import { h } from './dom.js'
import { shell } from './page.js'
import { linkHost, say } from './words.js'

const mostLinks = 30

/** What several hosts fail at alike: to be looked at before any of them. */
export function drawCommonCauses() {
  if (shell.commonCauses.length === 0) return null
  return h('section', { id: 'first' }, h('h2', {}, say('lookFirst')), ...shell.commonCauses.map(drawCommonCause))
}

/** @param {PageCommonCause} cause */
function drawCommonCause({ summary, folded, hosts, evidence }) {
  const who =
    hosts.length > mostLinks ? [h('span', { class: 'host' }, folded)] : hosts.flatMap((name) => [linkHost(name), ' '])
  const quotations = evidence.map(({ host, source, text }) =>
    h('li', {}, h('span', { class: 'source' }, `${host} ${source}`), h('span', { class: 'quote' }, text)),
  )
  return h(
    'div',
    { class: 'common' },
    h('p', { class: 'verdict' }, summary),
    h('p', {}, ...who),
    h('ul', { class: 'evidence' }, ...quotations),
  )
}

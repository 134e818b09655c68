/** @import { PageCluster } from '../clusters.js' */
import { drawCommand } from './copy.js'
import { drawDetails } from './details.js'
import { h } from './dom.js'
import { findHost, hosts, shell } from './page.js'
import { drawMark, linkHost, say } from './words.js'

const mostOthers = 24

/** What is wrong, a block for all hosts that are sick in the same way; the first one is open. */
export function drawClusters() {
  if (shell.clusters.length === 0) return null
  const blocks = shell.clusters.map((cluster, index) => drawCluster(cluster, index === 0))
  return h('section', { id: 'wrong' }, h('h2', {}, say('wrong')), ...blocks)
}

/**
 * @param {PageCluster} cluster
 * @param {boolean} isOpen
 */
function drawCluster(cluster, isOpen) {
  const { status, isWaived, label, title, cause, onset, hosts: names } = cluster
  const isCounted = names.length > 1 && label === cluster.folded
  const words = [
    h('b', { class: 'folded' }, label),
    isCounted && h('span', { class: 'many' }, `×${names.length}`),
    h('span', { class: 'title' }, title),
    onset !== null && h('span', { class: 'since' }, onset),
    isWaived && h('span', { class: 'tag' }, say('waived')),
    cause !== null && h('code', { class: 'dim' }, cause),
  ]
  const state = h('span', { class: 'hidden' }, say('named', say(status), ''))
  const head = h('summary', {}, drawMark(status), state, ...words.flatMap((word) => [word, ' ']))
  const block = h('details', { class: `cluster ${status}` }, head)
  block.addEventListener('toggle', () => fill(block, cluster))
  if (isOpen) open(block, cluster)
  return block
}

/**
 * @param {HTMLDetailsElement} block
 * @param {PageCluster} cluster
 */
function open(block, cluster) {
  fill(block, cluster)
  block.open = true
}

/**
 * The details of the first host stand for all.
 * @param {HTMLDetailsElement} block
 * @param {PageCluster} cluster
 */
function fill(block, cluster) {
  if (block.childElementCount > 1) return
  const {
    title,
    hosts: [first = '', ...others],
  } = cluster
  const index = findHost(first) ?? -1
  const isTold = hosts[index]?.verdict === title
  const also = others.length > 0 ? drawMembers(cluster, first, others) : []
  block.append(h('div', { class: 'body' }, also, ...drawDetails(index, !isTold)))
}

/**
 * Which hosts the cluster has, and how far what is told of the first of them holds for the others.
 * @param {PageCluster} cluster
 * @param {string} first
 * @param {string[]} others
 */
function drawMembers({ label, folded, isMendSame }, first, others) {
  const links = others.slice(0, mostOthers).map(linkHost)
  const left = others.length - links.length
  return [
    label !== folded && drawCommand(folded),
    h(
      'p',
      { class: 'others' },
      say('example', first),
      ' ',
      ...links.flatMap((link) => [link, ' ']),
      left > 0 && `+${left}`,
    ),
    h('p', { class: 'others' }, say(isMendSame ? 'mendSame' : 'mendDiffers', first)),
  ]
}

/** Opens all blocks, for paper. */
export function openClusters() {
  for (const [index, block] of document.querySelectorAll('details.cluster').entries()) {
    const cluster = shell.clusters[index]
    if (cluster && block instanceof HTMLDetailsElement) open(block, cluster)
  }
}

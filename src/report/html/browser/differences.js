/** @import { PageComparison, PageContrast, PageDifference, PageOutlier } from '../differences.js' */
import { h } from './dom.js'
import { shell } from './page.js'
import { joinWords, linkHost, say } from './words.js'

/** What hosts of a kind have in common, and which of them differ; first, in what the sick ones differ from the well. */
export function drawDifferences() {
  const { comparisons, contrasts } = shell
  if (comparisons.length === 0 && contrasts.length === 0) return null
  return h(
    'section',
    { id: 'differences' },
    h('h2', {}, say('differences')),
    ...contrasts.map(drawContrast),
    ...comparisons.map(drawComparison),
  )
}

/** @param {PageContrast} contrast */
function drawContrast({ cause, app, sick, well, sickCount, wellCount, differs }) {
  const rows = differs.map(({ heading, sick: ofSick, well: ofWell, lacks, adds }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, heading),
      h('td', {}, ofSick, drawNames({ lacks, adds })),
      h('td', {}, ofWell),
    ),
  )
  const head = [
    app ?? say('hosts'),
    `${say('sickHosts', sickCount)}: ${sick}`,
    `${say('wellHosts', wellCount)}: ${well}`,
  ]
  return h(
    'div',
    { class: 'comparison contrast' },
    h('h3', {}, say('contrast', cause ?? say('broken'))),
    drawRows(head, rows),
  )
}

/** @param {PageComparison} comparison */
function drawComparison({ app, group, size, differences }) {
  const words = [app, group, say('countHosts', size)].filter((word) => word !== null)
  return h(
    'div',
    { class: 'comparison' },
    h('h3', {}, words.join(' · ')),
    drawRows([say('what'), say('most'), say('others')], differences.map(drawDifference)),
  )
}

/** @param {PageDifference} difference */
function drawDifference({ heading, majority, seen, values, outliers }) {
  const most = majority
    ? [
        h('span', { class: 'value' }, tellValue(majority.value)),
        ' ',
        h('span', { class: 'dim' }, say('count', majority.count, seen)),
      ]
    : [h('span', { class: 'dim' }, say('noMajority', values))]
  return h('tr', {}, h('th', { scope: 'row' }, heading), h('td', {}, most), h('td', {}, outliers.map(drawOutlier)))
}

/** `-` stands for: has none. @param {string} value */
function tellValue(value) {
  return value === '-' ? say('none') : value
}

/** @param {PageOutlier} outlier */
function drawOutlier({ value, folded, hosts, lacks, adds }) {
  const who = hosts.length > 3 ? [h('span', { class: 'host' }, folded)] : hosts.flatMap((name) => [linkHost(name), ' '])
  return h('div', {}, h('b', { class: 'value' }, tellValue(value)), ' ', ...who, drawNames({ lacks, adds }))
}

/**
 * The variables that one has not, and that it has beyond the others.
 * @param {{ lacks?: string[] | undefined, adds?: string[] | undefined }} names
 */
function drawNames({ lacks = [], adds = [] }) {
  const words = [
    ...(lacks.length > 0 ? [say('lacks', joinWords(lacks))] : []),
    ...(adds.length > 0 ? [say('adds', joinWords(adds))] : []),
  ]
  return words.length > 0 && h('div', { class: 'dim' }, joinWords(words, 'clauses'))
}

/**
 * @param {string[]} heads
 * @param {HTMLElement[]} rows
 */
function drawRows(heads, rows) {
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))
  return h('div', { class: 'frame' }, h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows)))
}

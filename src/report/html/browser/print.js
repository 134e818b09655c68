import { isFiltered, matches } from './choice.js'
import { openClusters } from './clusters.js'
import { drawDetails } from './details.js'
import { h } from './dom.js'
import { hosts } from './page.js'
import { isSheetOpen } from './sheet.js'
import { showPrintedRows } from './table.js'
import { say } from './words.js'

const mostPrinted = 100

/** On paper everything is open: the blocks, the rows, and the details of the hosts that somebody had filtered for. */
export function preparePrint() {
  const paper = h('section', { id: 'paper' })
  const fill = () => {
    document.body.classList.toggle('sheet-only', isSheetOpen())
    if (isSheetOpen()) return
    openClusters()
    const left = showPrintedRows()
    paper.replaceChildren(...tellLeft(left), ...(isFiltered() ? drawChosen() : []))
    for (const part of document.querySelectorAll('details')) part.open = true
  }
  addEventListener('beforeprint', fill)
  matchMedia('print').addEventListener('change', ({ matches: isPaper }) => isPaper && fill())
  addEventListener('afterprint', () => paper.replaceChildren())
  return paper
}

function drawChosen() {
  const chosen = matches.slice(0, mostPrinted)
  const left = matches.length - chosen.length
  return [
    ...chosen.map((index) => h('article', {}, h('h2', {}, hosts[index]?.name ?? ''), ...drawDetails(index))),
    ...tellLeft(left),
  ]
}

/** @param {number} left */
function tellLeft(left) {
  return left > 0 ? [h('p', {}, say('printed', left))] : []
}

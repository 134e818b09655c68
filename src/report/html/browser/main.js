import { drawClusters } from './clusters.js'
import { drawCommonCauses } from './common.js'
import { drawDifferences } from './differences.js'
import { h } from './dom.js'
import { drawFilter } from './filter.js'
import { drawGrid, drawLegend, isNamed } from './grid.js'
import { drawLanes } from './lanes.js'
import { preparePrint } from './print.js'
import { drawSheet, followAddress } from './sheet.js'
import { drawTable } from './table.js'
import { drawThemeSwitch } from './theme.js'
import { say } from './words.js'

const skip = h('a', { class: 'skip', href: '#hosts' }, say('skip'))
document.body.prepend(skip)
document.getElementById('top')?.append(drawThemeSwitch())

const table = h('section', { id: 'hosts', tabindex: '-1' }, h('h2', {}, say('hosts')), drawFilter(), ...drawTable())
// A large fleet is too tall a picture to stand before what is to be done.
const sick = [drawCommonCauses(), drawClusters()]
const glance = isNamed ? [drawGrid(), ...sick] : [...sick, drawGrid()]
const parts = [drawLegend(), ...glance, drawLanes(), drawDifferences(), table]
document.getElementById('main')?.append(...parts.filter((part) => part !== null), preparePrint())
document.body.append(drawSheet())
followAddress()

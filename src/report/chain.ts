import type { Edge } from '../path/request-path.js'
import { wrap } from './fit.js'
import { edgeLooks, type Style } from './style.js'

/** Links whose label alone does not say which one it is. */
const toldByDetail: readonly Edge['id'][] = ['build', 'answer']

const indent = '  '

/** Draws a request path, `✔ nginx :80 → ✖ 127.0.0.1:3000 nothing listens → …`; lines break between links only. */
export function drawChain(edges: readonly Edge[], style: Style, width: number): string[] {
  const arrow = style.spell(' → ')
  const links = edges.map((edge) => drawLink(edge, style))
  const lines = wrap(links, width - indent.length - arrow.trimEnd().length, arrow)
  return lines.map((line, index) => (index === 0 ? line : indent + line))
}

function drawLink({ id, label, state, detail }: Edge, style: Style): string {
  const { mark, ink } = edgeLooks[state]
  const needsDetail = (state !== 'proven' || toldByDetail.includes(id)) && detail !== ''
  const words = style.spell(needsDetail ? `${label} ${detail}` : label)
  return `${style.paint(ink, style.mark(mark))} ${state === 'proven' ? words : style.paint(ink, words)}`
}

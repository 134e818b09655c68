import { readAsset } from '../../read-asset.js'

/** The modules of the page, each after those that it builds on. */
const modules = [
  ...['page', 'dom', 'words', 'copy', 'finding', 'chain', 'axis', 'events', 'details'],
  ...['choice', 'grid', 'common', 'clusters', 'lanes', 'differences', 'table', 'filter'],
  ...['sheet', 'theme', 'print', 'main'],
]

/** Its styles; of equal rules the later ones hold. */
const styles = [
  ...[
    'colours',
    'base',
    'controls',
    'status',
    'grid',
    'clusters',
    'finding',
    'chain',
    'time',
    'fleet',
    'table',
    'sheet',
  ],
  ...['narrow', 'print'],
]

/** All modules as one script in one scope, which a page can hold without a server: their imports and exports fall away. */
export function readScript(): string {
  const texts = modules.map((name) => stripModule(readAsset(`report/html/browser/${name}.js`)))
  return `'use strict'\n{\n${texts.join('\n')}}\n`
}

function stripModule(text: string): string {
  // sample: import { h, s } from './dom.js'
  const withoutImports = text.replaceAll(/^import [^']* from '\.\/[\w-]+\.js'\n/gm, '')
  return withoutImports.replaceAll(/^export /gm, '').trimStart()
}

export function readStyle(): string {
  return styles.map((name) => readAsset(`report/html/style/${name}.css`)).join('\n')
}

import { createHash } from 'node:crypto'
import type { languages } from '../../language/language.js'
import type { RunRecord } from '../../record.js'
import { readScript, readStyle } from './assets.js'
import { escapeHtml, writeScriptJson } from './escape.js'
import { packPage } from './page.js'
import { writeHeadline, writePlainTable, writeSubline } from './static-parts.js'

const tags: Readonly<Record<(typeof languages)[number], string>> = { en: 'en', zh: 'zh-CN' }

/**
 * The record as one page for a browser, that needs no server and no network. What hosts said stands in it as JSON, and gets
 * into the page as text only; the page's own policy lets nothing but its own script and style act.
 */
export function renderHtml(record: RunRecord): string {
  const style = readStyle()
  const script = readScript()
  const headline = writeHeadline(record)
  return `<!doctype html>
<html lang="${tags[record.language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${writePolicy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(headline)} · fleetdx</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header id="top">
<h1>${escapeHtml(headline)}</h1>
<p>${escapeHtml(writeSubline(record))}</p>
</header>
<main id="main"></main>
<noscript>${writePlainTable(record)}</noscript>
<script type="application/json" id="page">${writeScriptJson(packPage(record))}</script>
<script>${script}</script>
</body>
</html>
`
}

/** No request to anywhere, no frame, no form; of scripts and styles those two that stand here; no text ever taken for markup. */
function writePolicy(script: string, style: string): string {
  const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

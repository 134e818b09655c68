import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { causes } from '../../src/causes/index.js'
import { seenTexts } from '../../src/language/seen.js'
import { probes } from '../../src/probes/index.js'

/** A message as the catalogue has it, and where it is written. */
export interface Message {
  key: string
  place: string
}

const root = new URL('../../src/', import.meta.url).pathname

/** Every message of the program: those marked by `t` and `translate` in its source, and the texts of its causes, probes and scripts. */
export function findMessages(): Message[] {
  return [...sourceFiles().flatMap(messagesOf), ...textsOfCauses(), ...titlesOfProbes(), ...textsOfScripts()]
}

function sourceFiles(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ESNext, true)
}

/** `src/causes/pm2/pm2-crash-loop.ts:45` */
function placeOf(file: string, node: ts.Node): string {
  return `src/${file}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}

function messagesOf(file: string): Message[] {
  const found: Message[] = []
  const visit = (node: ts.Node): void => {
    const key = keyOf(node)
    if (key !== undefined) found.push({ key, place: placeOf(file, node) })
    node.forEachChild(visit)
  }
  visit(parse(file))
  return found
}

/** Where a message is made while its module is loaded: before the language is known. */
export function findEarlyMessages(): string[] {
  const isEarly = (node: ts.Node): boolean =>
    ts.isSourceFile(node) || (!ts.isFunctionLike(node) && isEarly(node.parent))
  return sourceFiles().flatMap((file) => {
    const early: string[] = []
    const visit = (node: ts.Node): void => {
      if (keyOf(node) !== undefined && isEarly(node.parent)) early.push(placeOf(file, node))
      node.forEachChild(visit)
    }
    visit(parse(file))
    return early
  })
}

/** t`…${a}…` by its pieces; translate('…') by its text. */
function keyOf(node: ts.Node): string | undefined {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 't') {
    if (ts.isNoSubstitutionTemplateLiteral(node.template)) return node.template.text
    const { head, templateSpans } = node.template
    return templateSpans.reduce((text, { literal }, index) => `${text}{${index}}${literal.text}`, head.text)
  }
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'translate') return undefined
  const [argument] = node.arguments
  return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined
}

function textsOfCauses(): Message[] {
  return causes.flatMap(({ id, title, runbook }) => {
    const { symptom, signs, against, remedy } = runbook
    const texts = [title, symptom, ...signs, ...against, ...remedy.flatMap(({ step, risk }) => [step, risk])]
    return texts.filter((text) => text !== '').map((key) => ({ key, place: `the cause ${id}` }))
  })
}

function titlesOfProbes(): Message[] {
  return Object.values(probes).map(({ name, title }) => ({ key: title, place: `the probe ${name}` }))
}

function textsOfScripts(): Message[] {
  return seenTexts.map((key) => ({ key, place: 'src/language/seen.ts' }))
}

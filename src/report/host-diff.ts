import type { ConfigDiff, FileDifference } from '../compare/config-diff.js'
import { nothing } from '../compare/fact-column.js'
import type { EnvironmentDifference, FactDifference, HostDiff, Pair } from '../compare/host-diff.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { measure, wrapWords } from './fit.js'
import { gap, setRows } from './set-rows.js'
import { createStyle, type Ink, type Style, statusLooks, type TextOptions } from './style.js'

/** Two hosts and in what they differ. */
export interface HostPair {
  hosts: Pair<HostRecord>
  diff: HostDiff
  /** undefined where the texts of the configuration were not kept. */
  config: ConfigDiff | undefined
}

/** Two hosts side by side, as text: `-` is the first, `+` the second, as in the diffs at its end. Ends with a line feed. */
export function renderHostDiff(pair: HostPair, options: TextOptions): string {
  const style = createStyle(options)
  const { hosts, diff, config } = pair
  const parts = [
    drawHeads(hosts, style),
    drawFacts(pair, style),
    ...diff.environments.map((one) => drawEnvironment(one, hosts, style)),
    ...(config
      ? drawConfig(config, hosts, style)
      : [say(t`The gateway configuration was not kept: only 'fleetdx check --save' keeps it.`, style)]),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const signs: Pair<{ sign: string; ink: Ink }> = [
  { sign: '-', ink: 'bad' },
  { sign: '+', ink: 'good' },
]

function drawHeads(hosts: Pair<HostRecord>, style: Style): string[] {
  const width = Math.max(...hosts.map(({ name }) => measure(name)))
  const rows = hosts.map(({ name, status, verdict }, index) => {
    const { mark, ink } = statusLooks[status]
    const { sign = '', ink: own = 'plain' as const } = signs[index] ?? {}
    return [
      style.paint(own, sign),
      style.paint('strong', name),
      style.paint(ink, style.spell(`${style.mark(mark)} ${verdict}`)),
    ]
  })
  return setRows(rows, [1, width, 1])
}

function drawFacts(
  { hosts, diff: { facts, same, unseen, apps, unseenEnvironments } }: HostPair,
  style: Style,
): string[] {
  const differing = facts.length
  const head = t`facts: ${differing} different, ${same} the same`
  return [
    style.paint('strong', head),
    ...drawFactRows(facts, hosts, style),
    ...apps.flatMap((names, index) =>
      names.length === 0 ? [] : drawSigned(index, t`apps on ${hosts[index]?.name} alone: ${joinWords(names)}`, style),
    ),
    ...drawUnseen([...unseen.map(nameFact), ...unseenEnvironments.map((app) => t`the environment of ${app}`)], style),
  ]
}

function drawUnseen(names: readonly string[], style: Style): string[] {
  return names.length === 0 ? [] : say(t`not seen on both: ${joinWords(names)}`, style)
}

/** As a table, and where that has no room each value on a line of its own. */
function drawFactRows(facts: readonly FactDifference[], hosts: Pair<HostRecord>, style: Style): string[] {
  if (facts.length === 0) return []
  const rows = facts.map((fact) => [nameFact(fact), ...fact.values.map(tellValue)].map(style.spell))
  const texts = [['', ...hosts.map(({ name }, index) => `${signs[index]?.sign} ${name}`)], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...texts.map((row) => measure(row[column] ?? ''))))
  const isFitting = indent.length + widths.reduce((sum, width) => sum + width + gap, -gap) <= style.width
  const paint = (row: string[]) => row.map((cell, column) => style.paint(signs[column - 1]?.ink ?? 'plain', cell))
  if (isFitting) return setRows(texts.map(paint), widths).map((line) => indent + line)
  return rows.flatMap(([name = '', ...values]) => [
    indent + name,
    ...values.map(
      (value, index) => `${indent}${style.paint(signs[index]?.ink ?? 'plain', `${signs[index]?.sign} ${value}`)}`,
    ),
  ])
}

const indent = '  '

function nameFact({ app, heading }: FactDifference): string {
  return app === null ? heading : t`${app}: ${heading}`
}

function tellValue(value: string | null): string {
  return value === null ? '?' : value === nothing ? t`none` : value
}

/** Names alone: values stay on their hosts. */
function drawEnvironment(one: EnvironmentDifference, hosts: Pair<HostRecord>, style: Style): string[] {
  const { app, only, differ, same, unknown } = one
  const differing = only.flat().length + differ.length
  return [
    style.paint('strong', style.spell(t`environment of ${app}: ${differing} different, ${same.length} the same`)),
    ...only.flatMap((names, index) =>
      names.length === 0 ? [] : drawSigned(index, t`on ${hosts[index]?.name} alone: ${joinWords(names)}`, style),
    ),
    ...(differ.length > 0 ? drawWith('≠', 'warn', t`another value: ${joinWords(differ)}`, style) : []),
    ...(unknown.length > 0
      ? drawWith('?', 'unsure', t`whether the value is the same is not known: ${joinWords(unknown)}`, style)
      : []),
  ]
}

function drawConfig({ files, same, unsure }: ConfigDiff, hosts: Pair<HostRecord>, style: Style): string[][] {
  const shown = files.filter(({ state }) => state === 'shown')
  const others = files.filter(({ state }) => state !== 'shown')
  if (files.length + same.length === 0) return []
  const masked = shown.some(({ patch }) => /^ .*\*\*\*/m.test(patch ?? ''))
  return [
    [
      style.paint('strong', t`files of the gateway configuration: ${files.length} different, ${same.length} the same`),
      ...others.flatMap((file) => drawOther(file, hosts, style)),
      ...(unsure.length > 0
        ? say(t`alike but for secrets, which could not be compared: ${joinWords(unsure)}`, style)
        : []),
      ...(masked ? say(t`*** stands for a secret: two that stand side by side may differ`, style) : []),
    ],
    ...shown.map((file) => drawPatch(file, style)),
  ]
}

function drawOther({ path, state, idle }: FileDifference, hosts: Pair<HostRecord>, style: Style): string[] {
  if (state === 'hidden')
    return drawWith('≠', 'warn', t`${path} differs only in what is not shown, such as a secret`, style)
  if (state === 'unseen') return drawWith('?', 'unsure', t`${path} could not be seen on both`, style)
  const index = state === 'only-first' ? 0 : 1
  const missing = hosts[1 - index]?.name
  const text = t`${path} is on ${hosts[index]?.name} alone`
  return drawSigned(index, idle === undefined ? text : `${text}; ${t`on ${missing} ${idle} is not enabled`}`, style)
}

const inks: Readonly<Record<string, Ink>> = { '-': 'bad', '+': 'good', '@': 'dim' }

/** The lines of a file are left as they are, so that they can be copied. */
function drawPatch({ path, patch, isCut }: FileDifference, style: Style): string[] {
  const lines = (patch ?? '').split('\n').filter((line, index, all) => line !== '' || index < all.length - 1)
  return [
    ...(patch === undefined ? drawWith('≠', 'warn', t`${path} differs in too much to show it`, style) : []),
    ...lines.map((line) => style.paint(inks[line.charAt(0)] ?? 'plain', line)),
    ...(isCut ? say(t`only the first 256 KiB of ${path} were compared`, style) : []),
  ]
}

function drawSigned(index: number, text: string, style: Style): string[] {
  const { sign = '', ink = 'plain' as const } = signs[index] ?? {}
  return drawWith(sign, ink, text, style)
}

function drawWith(sign: string, ink: Ink, text: string, style: Style): string[] {
  const mark = style.spell(sign)
  const room = style.width - indent.length - measure(mark) - 1
  return wrapWords(style.spell(text), room).map(
    (line, index) => `${indent}${index === 0 ? style.paint(ink, mark) : ' '.repeat(measure(mark))} ${line}`,
  )
}

function say(text: string, style: Style): string[] {
  return wrapWords(style.spell(text), style.width - indent.length).map((line) => indent + line)
}

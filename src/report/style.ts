import { styleText } from 'node:util'
import type { Edge } from '../path/request-path.js'
import type { Status } from '../record.js'

/** How a text report is set. Whoever knows the stream decides (`terminal.ts`); nothing here looks at it. */
export interface TextOptions {
  /** Columns. Commands to copy are the only lines that may be longer. */
  width: number
  color: boolean
  /** Whether to use symbols beyond ASCII. */
  unicode: boolean
}

const inks = {
  plain: [],
  strong: 'bold',
  dim: 'dim',
  good: 'green',
  warn: 'yellow',
  bad: ['red', 'bold'],
  unsure: 'magenta',
} as const satisfies Record<string, Parameters<typeof styleText>[0]>
export type Ink = keyof typeof inks

const marks = {
  good: ['✔', '[ok]'],
  bad: ['✖', '[X]'],
  warn: ['▲', '[!]'],
  unsure: ['?', '[?]'],
  away: ['⊘', '[-]'],
} as const
export type Mark = keyof typeof marks

/** How a status looks: its mark says the same as its colour. */
export const statusLooks: Record<Status, { mark: Mark; ink: Ink }> = {
  broken: { mark: 'bad', ink: 'bad' },
  unreachable: { mark: 'away', ink: 'bad' },
  unknown: { mark: 'unsure', ink: 'unsure' },
  degraded: { mark: 'warn', ink: 'warn' },
  healthy: { mark: 'good', ink: 'good' },
}

/** How a link of a path looks. */
export const edgeLooks: Record<Edge['state'], { mark: Mark; ink: Ink }> = {
  proven: { mark: 'good', ink: 'good' },
  broken: { mark: 'bad', ink: 'bad' },
  unknown: { mark: 'unsure', ink: 'unsure' },
}

// What this program's own texts use beyond ASCII, and how it is spelt without.
const spellings: Record<string, string> = {
  '→': '->',
  '≠': '!=',
  '×': 'x',
  '↻': 'r',
  '·': '|',
  '—': '-',
  '–': '-',
  '…': '~',
  '─': '-',
  '✔': '[ok]',
  '✖': '[X]',
}

/** The hand that a text report is written in. */
export interface Style extends TextOptions {
  mark(mark: Mark): string
  paint(ink: Ink, text: string): string
  /** One line, its symbols spelt in ASCII where there are no others. */
  spell(text: string): string
}

export function createStyle(options: TextOptions): Style {
  return {
    ...options,
    mark: (mark) => marks[mark][options.unicode ? 0 : 1],
    // validateStream: else newer versions of Node.js decide by the colours of standard output
    paint: (ink, text) =>
      options.color && ink !== 'plain' ? styleText(inks[ink], text, { validateStream: false }) : text,
    spell: (text) => {
      const line = text.replaceAll(/[\t\r\n]+/g, ' ')
      return options.unicode ? line : line.replaceAll(/[→≠×↻·—–…─✔✖]/g, (symbol) => spellings[symbol] ?? symbol)
    },
  }
}

import { t, translate } from '../language/language.js'

/** This program's own text without the symbols that a screen reader leaves out or spells badly. */
export function speak(text: string): string {
  const words: Record<string, string> = {
    '→': t`to`,
    '≠': t`not`,
    '×': t`times`,
    '↻': t`restarts`,
    '✔': t`passes`,
    '✖': t`fails`,
    '—': translate(', '),
    '–': '-',
    '·': translate(', '),
    '…': '...',
  }
  return text
    .replaceAll(/[→≠×↻✔✖]/g, (symbol) => ` ${words[symbol]} `)
    .replaceAll(/ ?([—·]) ?/g, (_, symbol: string) => words[symbol] ?? '')
    .replaceAll(/[–…]/g, (symbol) => words[symbol] ?? '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

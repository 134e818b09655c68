import type { Argument, Help, HelpConfiguration, Option } from 'commander'
import { joinWords } from '../language/join-words.js'
import { currentLanguage, t } from '../language/language.js'
import { measure, wrapWords } from '../report/fit.js'

/** What commander itself says in a help, in the language that is set; for Chinese its measures, too. */
export function helpWords(): HelpConfiguration {
  return {
    styleTitle: (title) => headings()[title] ?? title,
    optionDescription: describeOption,
    argumentDescription: describeArgument,
    displayWidth: measure,
    // commander breaks lines at spaces alone.
    ...(currentLanguage() === 'zh' && { boxWrap }),
  }
}

function headings(): Readonly<Record<string, string>> {
  return {
    'Usage:': t`Usage:`,
    'Arguments:': t`Arguments:`,
    'Options:': t`Options:`,
    'Commands:': t`Commands:`,
  }
}

function describeOption({ description, ...option }: Option): string {
  const { argChoices, defaultValue, defaultValueDescription, required } = option
  const choices = argChoices && listChoices(argChoices)
  const usual =
    required && defaultValue !== undefined ? (defaultValueDescription ?? JSON.stringify(defaultValue)) : null
  if (choices && usual) return t`${description} (choices: ${choices}, default: ${usual})`
  if (choices) return t`${description} (choices: ${choices})`
  return usual ? t`${description} (default: ${usual})` : description
}

function describeArgument({ description, argChoices }: Argument): string {
  return argChoices ? t`${description} (choices: ${listChoices(argChoices)})` : description
}

function listChoices(choices: readonly string[]): string {
  return joinWords(choices.map((choice) => JSON.stringify(choice)))
}

function boxWrap(this: Help, text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line === '' || width < this.minWidthToWrap ? [line] : wrapWords(line, width)))
    .join('\n')
}

import { UserError } from '../errors.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { type FormatName, formatNames, formats, isFormatName } from './formats.js'

/** A report that is wanted, and where: a path, or `-` for standard output. */
export interface Output {
  format: FormatName
  file: string
}

/**
 * Reads what `--output` names: a file whose ending says the format (`report.html`), or the format and the file
 * (`junit:results/x`). Throws UserError.
 */
export function parseOutput(text: string): Output {
  const colon = text.indexOf(':')
  const name = text.slice(0, Math.max(colon, 0))
  const named = isFormatName(name) ? { format: name, file: text.slice(colon + 1) } : undefined
  const output = named ?? { format: formatByEnding(text), file: text }
  if (output.file === '') throw new UserError(t`--output ${text} names no file`)
  return output
}

function formatByEnding(file: string): FormatName {
  const isOf = (name: FormatName) => formats[name].endings.some((ending) => file.toLowerCase().endsWith(ending))
  const found = formatNames.find(isOf)
  if (found) return found
  throw new UserError(t`the ending of ${file} says no format`, {
    mend: t`name the format before the file, as in markdown:${file}: ${joinWords(formatNames)}`,
  })
}

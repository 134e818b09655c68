import { t } from './language/language.js'

/** Where in a file a mistake stands; `line` and `column` count from 1. */
export interface SourcePlace {
  file: string
  line?: number
  column?: number
}

/**
 * Bad input from the person at the keyboard: an option, an inventory, a key file.
 * `message` says what is wrong, `place` where, `mend` what would be right. The command line prints it and exits 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly place: SourcePlace | undefined
  readonly mend: string | undefined

  constructor(message: string, details: { place?: SourcePlace; mend?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause })
    this.place = details.place
    this.mend = details.mend
  }
}

/** Several mistakes told at once: each is printed; the error itself speaks of the first. */
export class UserErrors extends UserError {
  readonly mistakes: readonly UserError[]

  constructor(mistakes: readonly UserError[], empty = t`something cannot be used`) {
    const [first] = mistakes
    const message = first?.message ?? empty
    super(mistakes.length > 1 ? t`${message} (and ${mistakes.length - 1} more)` : message, {
      ...(first?.place && { place: first.place }),
      ...(first?.mend && { mend: first.mend }),
    })
    this.mistakes = mistakes
  }
}

/**
 * A probe's output that its parser cannot read. Thrown by `parse` of a probe and caught once, by the engine, which marks
 * the fact unknown and keeps the raw text. `line` quotes the offending line.
 */
export class ParseError extends Error {
  override readonly name = 'ParseError'
  readonly line: string | undefined

  constructor(message: string, line?: string) {
    super(line === undefined ? message : `${message}: ${line.slice(0, 120)}`)
    this.line = line
  }
}

/** `file:line:column`, as editors and terminals make it clickable. */
export function formatPlace({ file, line, column }: SourcePlace): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

import { CommanderError } from 'commander'
import { wishedLanguage } from './cli/language-option.js'
import { buildProgram } from './cli/program.js'
import type { CommandIo } from './commands/command-io.js'
import { formatPlace, UserError, UserErrors } from './errors.js'
import { chooseLanguage } from './language/choose-language.js'
import { setLanguage, t } from './language/language.js'
import { sanitize } from './sanitize.js'

const io: CommandIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
}

/** The one place where an error becomes text on standard error and an exit code. */
async function main(): Promise<void> {
  io.stdout.on('error', endOutput)
  io.stderr.on('error', () => {})
  try {
    await setLanguage(chooseLanguage(wishedLanguage(process.argv), io.env))
    await buildProgram(io).parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof UserError) fail(describe(error))
    else fail(t`a fault of fleetdx itself, please report it: ${error instanceof Error ? error.stack : String(error)}`)
  }
}

/** A reader that has seen enough (`| head -1`) is no mistake; a full disk is. */
function endOutput({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return
  fail(t`the result could not be written: ${message}`)
}

function describe(error: UserError): string {
  const mistakes = error instanceof UserErrors ? error.mistakes : [error]
  return mistakes
    .map(
      ({ message, place, mend }) => `${place ? `${formatPlace(place)}: ` : ''}${message}${mend ? `\n  ${mend}` : ''}`,
    )
    .join('\n')
}

/** A mistake quotes files and programs of others. */
function fail(text: string): void {
  io.stderr.write(`fleetdx: ${sanitize(text)}\n`)
  process.exitCode = 2
}

await main()

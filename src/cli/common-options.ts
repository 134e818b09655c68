import { InvalidArgumentError, Option } from 'commander'
import { t } from '../language/language.js'

/** `--format`, of a command that prints a table or JSON. */
export function formatOption(): Option {
  return new Option('--format <format>', t`how to print it`).choices(['table', 'json']).default('table')
}

/** `--json`, of a command that programs like to read. */
export function jsonOption(): Option {
  return new Option('--json', t`short for --format json`).implies({ format: 'json' })
}

/** `--jobs`, of a command that connects. */
export function jobsOption(): Option {
  return new Option('-j, --jobs <number>', t`hosts worked on at once`).argParser(readWhole(1, 1024)).default(64)
}

/** `--no-breaker`, of a command that logs in. */
export function breakerOption(): Option {
  return new Option('--no-breaker', t`try a login on every host, even where others have refused it`)
}

/** `--waivers`, of a command that judges. */
export function waiversOption(): Option {
  return new Option(
    '--waivers <file>',
    t`known problems that are accepted (default: waivers.yaml beside the inventory)`,
  )
}

/** `--samples`, of a command that asks over HTTP. */
export function samplesOption(description: string): Option {
  return new Option('--samples <number>', description).argParser(readWhole(1, 50))
}

/** `--no-pager`, of a command whose output may be higher than a terminal. */
export function pagerOption(): Option {
  return new Option('--no-pager', t`never through $FLEETDX_PAGER, $PAGER or less`)
}

/** Reads the ids of columns, `host,verdict,http`. */
export function readIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim())
  if (ids.includes('')) throw new InvalidArgumentError(t`It must be the ids of columns, with commas between them.`)
  return ids
}

/** Reads a whole number of a range, both ends included. */
function readWhole(least: number, most: number) {
  return (text: string): number => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(t`It must be a whole number from ${least} to ${most}.`)
    return number
  }
}

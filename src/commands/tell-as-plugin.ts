import { UserError } from '../errors.js'
import { pluginExitCode } from '../exit-code.js'
import { renderPluginFailure } from '../report/nagios.js'
import type { CommandIo } from './command-io.js'
import { printedFormat, type Reports } from './outputs.js'

/**
 * Runs a command. Where it prints for Nagios, a mistake is told as a plugin tells it: on standard output, and as UNKNOWN,
 * because Nagios would take the exit code 2 for a critical host.
 */
export async function tellAsPlugin(reports: Reports, io: CommandIo, run: () => Promise<number>): Promise<number> {
  if (printedFormat(reports) !== 'nagios') return run()
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.stdout.write(renderPluginFailure(error.message))
    return pluginExitCode('UNKNOWN')
  }
}

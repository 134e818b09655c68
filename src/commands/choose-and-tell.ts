import { type Choice, chooseHosts, type Targeting } from '../inventory/choose.js'
import type { CommandIo } from './command-io.js'

/** Chooses the hosts of a command, and says on standard error what a person should know of the choice. Throws UserError. */
export async function chooseAndTell(which: Targeting, io: CommandIo): Promise<Choice> {
  const choice = await chooseHosts({ ...which, env: io.env, cwd: io.cwd, stdin: io.stdin })
  for (const note of choice.notes) io.stderr.write(`fleetdx: ${note}\n`)
  return choice
}

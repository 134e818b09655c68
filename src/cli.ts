import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { CommandIo } from './commands/command-io.js'
import { addTargetOptions, type TargetFlags, toChoice } from './commands/target-options.js'
import { formatPlace, UserError } from './errors.js'
import { InventoryError } from './inventory/inventory-error.js'
import { readVersion } from './version.js'

const io: CommandIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
}

interface CheckFlags extends TargetFlags {
  jobs: number
  format: 'table' | 'json'
}

function buildProgram(): Command {
  const program = new Command('fleetdx')
    .description('Find the cause of a 502 Bad Gateway on every server you own, over plain SSH, changing nothing.')
    .version(readVersion(), '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  const formats = () => new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table')

  addTargetOptions(program.command('check'))
    .description('diagnose hosts: which broken link is the cause, and the exact remedy')
    .option('-j, --jobs <number>', 'hosts worked on at once', readJobs, 64)
    .addOption(formats())
    .addHelpText('after', checkExamples)
    .action(async (targets: string[], flags: CheckFlags) => {
      const { runCheck } = await import('./commands/check.js')
      process.exitCode = await runCheck({ ...toChoice(targets, flags), jobs: flags.jobs, format: flags.format }, io)
    })

  addTargetOptions(program.command('hosts'))
    .description('show which hosts would be contacted, without contacting them')
    .addOption(formats())
    .action(async (targets: string[], flags: CheckFlags) => {
      const { showHosts } = await import('./commands/hosts.js')
      await showHosts({ ...toChoice(targets, flags), format: flags.format }, io)
    })

  program
    .command('demo')
    .description('check a small fleet of recorded broken hosts on this machine: no server needed')
    .addOption(formats())
    .action(async (flags: Pick<CheckFlags, 'format'>) => {
      const { runDemo } = await import('./commands/demo.js')
      process.exitCode = await runDemo(flags, io)
    })

  return program
}

const checkExamples = `
Examples:
  fleetdx check                          every host of ./inventory.yaml
  fleetdx check web '!web03'             the group web, but not web03
  fleetdx check deploy@203.0.113.7       one host, no inventory
  fleetdx check --local                  this machine, no SSH

Exit codes: 0 all healthy, 1 a host is degraded or broken, 2 usage or inventory error,
3 nothing broken was seen but a host is unreachable or unknown, 130 interrupted.`

function readJobs(text: string): number {
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1024)
    throw new InvalidArgumentError('It must be a whole number from 1 to 1024.')
  return jobs
}

/** The one place where an error becomes text on standard error and an exit code. */
async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof UserError) fail(describe(error))
    else throw error
  }
}

function describe(error: UserError): string {
  const mistakes = error instanceof InventoryError ? error.mistakes : [error]
  return mistakes
    .map(
      ({ message, place, mend }) => `${place ? `${formatPlace(place)}: ` : ''}${message}${mend ? `\n  ${mend}` : ''}`,
    )
    .join('\n')
}

function fail(text: string): void {
  io.stderr.write(`fleetdx: ${text}\n`)
  process.exitCode = 2
}

await main()

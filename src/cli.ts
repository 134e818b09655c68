import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { CommandIo } from './commands/command-io.js'
import { addPasswordOptions, type PasswordFlags } from './commands/password-options.js'
import type { PlanForm } from './commands/plan.js'
import { restateUsageError } from './commands/restate-usage-error.js'
import { addTargetOptions, type TargetFlags, toChoice } from './commands/target-options.js'
import { formatPlace, UserError, UserErrors } from './errors.js'
import { readVersion } from './version.js'

const io: CommandIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
}

interface PlanFlags extends TargetFlags, PlanForm {
  samples?: number
}

interface CheckFlags extends TargetFlags, PasswordFlags {
  jobs: number
  breaker: boolean
  format: 'table' | 'json'
  save?: string
  samples?: number
}

function buildProgram(): Command {
  const program = new Command('fleetdx')
    .description('Find the cause of a 502 Bad Gateway on every server you own, over plain SSH, changing nothing.')
    .version(readVersion(), '-V, --version')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (complaint, write) => write(restateUsageError(complaint)) })
    .exitOverride()
    .addHelpText('after', firstSteps)
  const formats = () => new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table')

  const noBreaker = () => new Option('--no-breaker', 'try a login on every host, even where others have refused it')

  const json = () => new Option('--json', 'short for --format json').implies({ format: 'json' })

  addPasswordOptions(addTargetOptions(program.command('check')))
    .description('diagnose hosts: which broken link is the cause, and the exact remedy')
    .option('-j, --jobs <number>', 'hosts worked on at once', readJobs, 64)
    .addOption(noBreaker())
    .addOption(formats())
    .option(
      '--samples <number>',
      'how often each HTTP request is made, 1 to 50: finds what fails now and then',
      readSamples,
    )
    .option('--save <folder>', "keep what was gathered, for 'fleetdx replay'")
    .addHelpText('after', checkExamples)
    .action(async (targets: string[], { jobs, breaker, format, save, samples, ...flags }: CheckFlags) => {
      const { runCheck } = await import('./commands/check.js')
      const run = { jobs, breaker, format, passwords: flags, ...(save !== undefined && { save }) }
      process.exitCode = await runCheck({ ...toChoice(targets, flags, samples), ...run }, io)
    })

  addTargetOptions(program.command('hosts'))
    .description('show which hosts would be contacted, without contacting them')
    .option('-v, --verbose', 'say where each setting comes from')
    .addOption(formats())
    .action(async (targets: string[], { verbose, ...flags }: CheckFlags & { verbose?: boolean }) => {
      const { showHosts } = await import('./commands/hosts.js')
      await showHosts({ ...toChoice(targets, flags), format: flags.format, ...(verbose && { verbose }) }, io)
    })

  addPasswordOptions(addTargetOptions(program.command('ping')))
    .description('reach hosts and log in, no more: how long each step takes, and where it fails')
    .option('-j, --jobs <number>', 'hosts worked on at once', readJobs, 64)
    .addOption(noBreaker())
    .addOption(formats())
    .addHelpText('after', pingExitCodes)
    .action(async (targets: string[], { jobs, breaker, format, ...flags }: CheckFlags) => {
      const { runPing } = await import('./commands/ping.js')
      process.exitCode = await runPing({ ...toChoice(targets, flags), jobs, breaker, format, passwords: flags }, io)
    })

  addTargetOptions(program.command('plan'))
    .description(
      'print, without connecting, the exact bytes that a check runs on each host, and the rights it needs there',
    )
    .option('--after <captures>', "what 'check --save' kept of these hosts: round 2 is then printed, too")
    .option('--samples <number>', 'as for check, 1 to 50', readSamples)
    .addOption(new Option('--hash', 'print a SHA-256 a round in place of the bytes').conflicts(planForms('hash')))
    .addOption(new Option('--json', 'print the hashes as JSON').conflicts(planForms('json')))
    .addOption(new Option('--sudoers', 'print the narrowest lines of sudoers').conflicts(planForms('sudoers')))
    .addOption(new Option('--doas', 'print the narrowest lines of doas.conf').conflicts(planForms('doas')))
    .addOption(
      new Option(
        '--forced-command',
        'print how to set up a key that can do nothing but a check; with --doas for a host without sudo',
      ).conflicts(['hash', 'json', 'sudoers', 'after']),
    )
    .option('--key <file>', 'its public key, for --forced-command')
    .addHelpText('after', planExamples)
    .action(async (targets: string[], { samples, ...flags }: PlanFlags) => {
      const { runPlan } = await import('./commands/plan.js')
      await runPlan({ ...toChoice(targets, flags, samples), ...flags }, io)
    })

  program
    .command('replay')
    .usage('[options] <captures...> [targets...]')
    .argument(
      '<captures...>',
      "folders of 'check --save', files of one host, saved outputs of the script, or - for stdin; after them targets, as for check",
    )
    .description('judge by the rules of today what was saved, without a network')
    .option('--checks <folder>', 'the modules that took part in the check')
    .addOption(formats())
    .action(async (words: string[], { format, checks }: Pick<CheckFlags, 'format' | 'checks'>) => {
      const { runReplay } = await import('./commands/replay.js')
      process.exitCode = await runReplay({ words, format, ...(checks !== undefined && { checks }) }, io)
    })

  program
    .command('script')
    .description('print a script that gathers on a host which SSH cannot reach; replay reads its saved output')
    .option('--after <file>', 'a saved output of that host: the script then asks for exactly what is there')
    .option('--sudo-free', 'never try sudo')
    .option('--samples <number>', 'how often each HTTP request is made, 1 to 50', readSamples)
    .addHelpText('after', scriptExamples)
    .action(async (flags: { after?: string; sudoFree?: boolean; samples?: number }) => {
      const { printScript } = await import('./commands/script.js')
      await printScript(flags, io)
    })

  program
    .command('causes')
    .description('list every cause that can be named')
    .addOption(formats())
    .addOption(json())
    .action(async ({ format }: Pick<CheckFlags, 'format'>) => {
      const { showCauses } = await import('./commands/causes.js')
      showCauses(format, io)
    })

  program
    .command('explain')
    .argument('<id>', 'the id of a cause, as check and causes tell it')
    .description('tell one cause as a runbook does: how it is seen, what looks like it, how it is mended')
    .addOption(formats())
    .addOption(json())
    .action(async (id: string, { format }: Pick<CheckFlags, 'format'>) => {
      const { explainCause } = await import('./commands/explain.js')
      explainCause(id, format, io)
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

const firstSteps = `
First steps:
  fleetdx demo                 see it work: needs no server
  fleetdx check user@host      look at one host
  fleetdx check                look at every host of ./inventory.yaml
  fleetdx ping                 see whether they can be reached at all
  fleetdx check --help         all options, and the exit codes`

const checkExamples = `
Examples:
  fleetdx check                          every host of ./inventory.yaml
  fleetdx check web '!web03'             the group web, but not web03
  fleetdx check deploy@203.0.113.7       one host, no inventory
  fleetdx check --local                  this machine, no SSH
  fleetdx check --samples 20 web03       what fails now and then
  fleetdx check --save monday            keep it for: fleetdx replay monday

Exit codes:
  0    all hosts are healthy
  1    a host is degraded or broken
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    nothing broken was seen, but a host is unreachable or unknown
  130  interrupted (Ctrl-C)`

const pingExitCodes = `
Exit codes:
  0    all hosts were reached
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    a host was not reached
  130  interrupted (Ctrl-C)`

const planExamples = `
Examples:
  fleetdx plan web1                    the script of round 1, to the byte
  fleetdx plan web1 --after monday     and that of round 2, as it follows from what web1 answered:
                                       fleetdx check web1 --save monday
  fleetdx plan --hash                  a line a host, to compare with what was agreed
  fleetdx plan --sudoers | visudo -cf -
  fleetdx plan --forced-command --key ~/.ssh/fleetdx-audit.pub
                                       one page: a key of its own, which runs one fixed script as root and
                                       nothing else; 'fleetdx check audit@host' then works with it
                                       (--user names another user than audit)`

const scriptExamples = `
Examples:
  fleetdx script >look.sh          then on the host: sudo sh look.sh >seen.txt
  fleetdx replay seen.txt          back here, with the file
  fleetdx script --after seen.txt  asks closer, if the verdict leaves something open
  fleetdx script | docker exec -i web sh -c 'fleetdx=$(cat); eval "$fleetdx"' |
    fleetdx replay -`

/** The other forms of a plan than this one: a plan is printed in one. */
function planForms(own: string): string[] {
  return ['hash', 'json', 'sudoers', 'doas'].filter((form) => form !== own)
}

function readJobs(text: string): number {
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1024)
    throw new InvalidArgumentError('It must be a whole number from 1 to 1024.')
  return jobs
}

function readSamples(text: string): number {
  const samples = Number(text)
  if (!Number.isInteger(samples) || samples < 1 || samples > 50)
    throw new InvalidArgumentError('It must be a whole number from 1 to 50.')
  return samples
}

/** The one place where an error becomes text on standard error and an exit code. */
async function main(): Promise<void> {
  io.stdout.on('error', endOutput)
  io.stderr.on('error', () => {})
  try {
    await buildProgram().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof UserError) fail(describe(error))
    else fail(`a fault of fleetdx itself, please report it: ${error instanceof Error ? error.stack : error}`)
  }
}

/** A reader that has seen enough (`| head -1`) is no mistake; a full disk is. */
function endOutput({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return
  fail(`the result could not be written: ${message}`)
}

function describe(error: UserError): string {
  const mistakes = error instanceof UserErrors ? error.mistakes : [error]
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

import { type Command, Option } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { t } from '../language/language.js'
import { breakerOption, jobsOption, jsonOption, pagerOption, readIds } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface CompareFlags extends TargetFlags, PasswordFlags {
  from?: string
  columns?: string[]
  onlyDifferences: boolean
  transpose: boolean
  wide: boolean
  jobs: number
  breaker: boolean
  format: 'table' | 'json' | 'csv' | 'markdown'
  pager: boolean
}

export function addCompare(program: Command, io: CommandIo): void {
  addPasswordOptions(addTargetOptions(program.command('compare')))
    .description(t`lay the facts of hosts side by side: versions, builds, settings; who differs is marked`)
    .option('--from <path>', t`a run of before: a folder of 'check --save', or what '--format json' printed`)
    .option('--columns <ids>', t`only these facts: node,build,env:DATABASE_URL,…`, readIds)
    .option('--only-differences', t`only the facts that are not the same everywhere`, false)
    .option('--transpose', t`a row a host, a column a fact`, false)
    .option('--wide', t`every fact, whatever the width`, false)
    .addOption(jobsOption())
    .addOption(breakerOption())
    .addOption(compareFormatOption())
    .addOption(jsonOption())
    .addOption(pagerOption())
    .addHelpText('after', () => describe())
    .action(async (targets: string[], flags: CompareFlags) => {
      const { from, columns, onlyDifferences, transpose, wide, jobs, breaker, format, pager, ...rest } = flags
      const { runCompare } = await import('../commands/compare.js')
      process.exitCode = await runCompare(
        {
          ...toChoice(targets, rest),
          ...{ jobs, breaker, format, pager, passwords: rest, onlyDifferences, isTransposed: transpose, isWide: wide },
          ...(from !== undefined && { from }),
          ...(columns && { columns }),
        },
        io,
      )
    })
}

function compareFormatOption(): Option {
  const formats = ['table', 'json', 'csv', 'markdown']
  return new Option('--format <format>', t`how to print it`).choices(formats).default('table')
}

function describe(): string {
  return t`
Hosts that are the same in all that is shown share a column. MOST is what more than half of the hosts have on which it
was seen (three at least): = is that, ≠ another value, ? could not be seen. Of environment variables the names are known,
and whether their values differ: # and a digest that is made anew for each run.

Examples:
  fleetdx compare web                          the group web
  fleetdx compare web --only-differences       in what they are not the same
  fleetdx compare --from monday web03 web04    as they were
  fleetdx compare --columns node,next,build    these facts
  fleetdx compare --columns 'env:*'            every environment variable

Exit codes:
  0    compared, whatever came of it
  2    a mistake in the command line, the inventory or a key, or a fault here`
}

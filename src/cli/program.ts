import { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { readVersion } from '../version.js'
import { addCauses } from './causes.js'
import { addCheck } from './check.js'
import { addCompare } from './compare.js'
import { addCompletion } from './completion.js'
import { addDemo } from './demo.js'
import { addDiff } from './diff.js'
import { addExplain } from './explain.js'
import { helpWords } from './help-words.js'
import { addHosts } from './hosts.js'
import { languageOption } from './language-option.js'
import { addMan } from './man.js'
import { addPing } from './ping.js'
import { addPlan } from './plan.js'
import { addReplay } from './replay.js'
import { addReport } from './report.js'
import { restateUsageError } from './restate-usage-error.js'
import { addScript } from './script.js'

/** Every command, in the order of `--help`. Adding one is a file in this folder and its line here. */
const commands = [
  addCheck,
  addCompare,
  addDiff,
  addHosts,
  addPing,
  addPlan,
  addReplay,
  addReport,
  addScript,
  addCauses,
  addExplain,
  addDemo,
  addCompletion,
  addMan,
]

/** The command line as commander parses it. What a command does is loaded when it runs: `--help` loads none of it. */
export function buildProgram(io: CommandIo): Command {
  const program = new Command('fleetdx')
    .description(t`Find the cause of a 502 Bad Gateway on every server you own, over plain SSH, changing nothing.`)
    .version(readVersion(), '-V, --version', t`output the version number`)
    .helpOption('-h, --help', t`display help for command`)
    .helpCommand('help [command]', t`display help for command`)
    .configureHelp(helpWords())
    .addOption(languageOption())
    .showSuggestionAfterError()
    .configureOutput({ outputError: (complaint, write) => write(restateUsageError(complaint)) })
    .exitOverride()
    .addHelpText('after', () => firstSteps())
  for (const add of commands) add(program, io)
  for (const command of program.commands) command.addOption(languageOption())
  return program
}

function firstSteps(): string {
  return t`
First steps:
  fleetdx demo                 see it work: needs no server
  fleetdx check user@host      look at one host
  fleetdx check                look at every host of ./inventory.yaml
  fleetdx ping                 see whether they can be reached at all
  fleetdx check --help         all options, and the exit codes`
}

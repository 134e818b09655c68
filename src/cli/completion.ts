import { Argument, type Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { Shell } from '../commands/completion.js'
import { t } from '../language/language.js'
import { suggest } from './suggest.js'

/** `completion`, for people, and `complete`, which the script that it prints calls for each word. */
export function addCompletion(program: Command, io: CommandIo): void {
  program
    .command('completion')
    .description(t`print the completion of commands, options, hosts and groups for a shell`)
    .addArgument(new Argument('<shell>', t`the shell`).choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', `\n${examples()}`)
    .action(async (shell: Shell) => {
      const { printCompletion } = await import('../commands/completion.js')
      printCompletion(shell, io)
    })

  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const { openSources, printSuggestions } = await import('../commands/completion.js')
      printSuggestions(await suggest(program, words, openSources(io)), io)
    })
}

function examples(): string {
  return t`Examples:
  bash   fleetdx completion bash >~/.local/share/bash-completion/completions/fleetdx
  zsh    fleetdx completion zsh >"\${fpath[1]}/_fleetdx"
  fish   fleetdx completion fish >~/.config/fish/completions/fleetdx.fish`
}

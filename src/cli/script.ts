import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { samplesOption } from './common-options.js'

export function addScript(program: Command, io: CommandIo): void {
  program
    .command('script')
    .description(t`print a script that gathers on a host which SSH cannot reach; replay reads its saved output`)
    .option('--after <file>', t`a saved output of that host: the script then asks for exactly what is there`)
    .option('--sudo-free', t`never try sudo`)
    .addOption(samplesOption(t`how often each HTTP request is made, 1 to 50`))
    .addHelpText('after', () => examples())
    .action(async (flags: { after?: string; sudoFree?: boolean; samples?: number }) => {
      const { printScript } = await import('../commands/script.js')
      await printScript(flags, io)
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx script >look.sh          then on the host: sudo sh look.sh >seen.txt
  fleetdx replay seen.txt          back here, with the file
  fleetdx script --after seen.txt  asks closer, if the verdict leaves something open
  fleetdx script | docker exec -i web sh -c 'fleetdx=$(cat); eval "$fleetdx"' |
    fleetdx replay -`
}

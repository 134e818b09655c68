import { exitCodeOf } from '../exit-code.js'
import { type Choice, type ChooseOptions, chooseHosts } from '../inventory/choose.js'
import { check } from '../pipeline.js'
import type { RunRecord } from '../record.js'
import { renderJson } from '../report/json.js'
import { chooseWidth, wantsColor, wantsUnicode } from '../report/terminal.js'
import { renderReport } from '../report/text.js'
import { loadCredentials } from '../ssh/credentials.js'
import { askPassphrase } from './ask-passphrase.js'
import type { CommandIo } from './command-io.js'
import { onInterrupt } from './interrupt.js'
import { showProgress } from './show-progress.js'

/** How many hosts to work on at once, and how to print what was found. */
interface RunOptions {
  jobs: number
  format: 'table' | 'json'
}

/** Which hosts to check, and how. */
export type CheckCommandOptions = Pick<ChooseOptions, 'targets' | 'inventory' | 'local' | 'overrides'> & RunOptions

/** `fleetdx check`: checks the chosen hosts, prints the report, returns the exit code. Throws UserError. */
export async function runCheck({ jobs, format, ...which }: CheckCommandOptions, io: CommandIo): Promise<number> {
  const choice = await chooseHosts({ ...which, env: io.env, cwd: io.cwd, stdin: io.stdin })
  return checkHosts(choice, { jobs, format }, io)
}

/** Checks hosts that are already chosen. */
export async function checkHosts(
  { hosts, runMs }: Pick<Choice, 'hosts' | 'runMs'>,
  { jobs, format }: RunOptions,
  io: CommandIo,
): Promise<number> {
  const credentials = await loadCredentials(hosts, { env: io.env, askPassphrase: askPassphrase(io) })
  const progress = showProgress(hosts.length, io)
  const interrupt = onInterrupt(() =>
    progress.say('stopping: printing what has arrived (Ctrl-C again to stop at once)'),
  )
  try {
    const record = await check({
      hosts,
      credentials,
      jobs,
      runMs,
      interrupt: interrupt.signal,
      onProgress: progress.report,
    })
    progress.end()
    print(record, format, io)
    return exitCodeOf(record)
  } finally {
    progress.end()
    interrupt.dispose()
  }
}

function print(record: RunRecord, format: RunOptions['format'], { stdout, env }: CommandIo): void {
  const options = { width: chooseWidth(env, stdout), color: wantsColor(env, stdout), unicode: wantsUnicode(env) }
  stdout.write(format === 'json' ? renderJson(record) : renderReport(record, options))
}

import { resolve } from 'node:path'
import { type CaptureFolder, openCaptureFolder } from '../capture/save.js'
import type { Extensions } from '../checks/extensions.js'
import { loadExtensions } from '../checks/load.js'
import { exitCodeOf } from '../exit-code.js'
import { type Choice, type ChooseOptions, chooseHosts } from '../inventory/choose.js'
import { check } from '../pipeline.js'
import { loadCredentials } from '../ssh/credentials.js'
import { askPassphrase } from './ask-passphrase.js'
import type { CommandIo } from './command-io.js'
import { onInterrupt } from './interrupt.js'
import { type Format, printRecord } from './print-record.js'
import { showProgress } from './show-progress.js'

/** How many hosts to work on at once, and how to print what was found. */
interface RunOptions {
  jobs: number
  format: Format
  /** Where what was gathered is kept. */
  captures?: CaptureFolder
  extensions?: Extensions
}

/** Which hosts to check, and how. */
export type CheckCommandOptions = Pick<ChooseOptions, 'targets' | 'inventory' | 'checks' | 'local' | 'overrides'> &
  Omit<RunOptions, 'captures' | 'extensions'> & {
    /** A folder for `replay`. */
    save?: string
  }

/** `fleetdx check`: checks the chosen hosts, prints the report, returns the exit code. Throws UserError. */
export async function runCheck(options: CheckCommandOptions, io: CommandIo): Promise<number> {
  const { jobs, format, save, ...which } = options
  const choice = await chooseHosts({ ...which, env: io.env, cwd: io.cwd, stdin: io.stdin })
  const extensions = await loadExtensions(choice.checksFolder)
  const captures = save === undefined ? undefined : await openCaptureFolder(resolve(io.cwd, save))
  return checkHosts(choice, { jobs, format, extensions, ...(captures && { captures }) }, io)
}

/** Checks hosts that are already chosen. */
export async function checkHosts(
  { hosts, runMs }: Pick<Choice, 'hosts' | 'runMs'>,
  { jobs, format, captures, extensions }: RunOptions,
  io: CommandIo,
): Promise<number> {
  const progress = showProgress(hosts.length, io)
  const interrupt = onInterrupt(() =>
    progress.say('stopping: printing what has arrived (Ctrl-C again to stop at once)'),
  )
  try {
    const credentials = await loadCredentials(hosts, { env: io.env, askPassphrase: askPassphrase(io, progress) })
    const record = await check({
      hosts,
      credentials,
      jobs,
      runMs,
      interrupt: interrupt.signal,
      onProgress: progress.report,
      ...(extensions && { extensions }),
      ...(captures && { onCapture: captures.keep }),
    })
    progress.end()
    printRecord(record, format, io)
    await captures?.finish(record)
    return exitCodeOf(record)
  } finally {
    progress.end()
    interrupt.dispose()
  }
}

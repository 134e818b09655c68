import { resolve } from 'node:path'
import { type CaptureFolder, openCaptureFolder } from '../capture/save.js'
import type { Extensions } from '../checks/extensions.js'
import { loadExtensions } from '../checks/load.js'
import { exitCodeOf } from '../exit-code.js'
import type { Choice, Targeting } from '../inventory/choose.js'
import { check } from '../pipeline.js'
import { loadCredentials } from '../ssh/auth/credentials.js'
import { openQuestions } from './ask-line.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'
import { onInterrupt } from './interrupt.js'
import { openBreaker } from './open-breaker.js'
import { type PasswordFlags, readSources } from './password-sources.js'
import { type Format, printRecord } from './print-record.js'
import { showProgress } from './show-progress.js'
import { tellAccepted } from './tell-accepted.js'

/** How many hosts to work on at once, and how to print what was found. */
interface RunOptions {
  jobs: number
  /** Whether a login that was refused is kept from the other hosts. */
  breaker: boolean
  format: Format
  /** Where passwords come from; nowhere, when not given. */
  passwords?: PasswordFlags
  /** Where what was gathered is kept. */
  captures?: CaptureFolder
  extensions?: Extensions
}

/** Which hosts to check, and how. */
export type CheckCommandOptions = Targeting &
  Omit<RunOptions, 'captures' | 'extensions'> & {
    /** A folder for `replay`. */
    save?: string
  }

/** `fleetdx check`: checks the chosen hosts, prints the report, returns the exit code. Throws UserError. */
export async function runCheck(options: CheckCommandOptions, io: CommandIo): Promise<number> {
  const { jobs, breaker, format, passwords, save, ...which } = options
  const choice = await chooseAndTell(which, io)
  const extensions = await loadExtensions(choice.checksFolder)
  const captures = save === undefined ? undefined : await openCaptureFolder(resolve(io.cwd, save))
  return checkHosts(
    choice,
    { jobs, breaker, format, extensions, ...(passwords && { passwords }), ...(captures && { captures }) },
    io,
  )
}

/** Checks hosts that are already chosen. */
export async function checkHosts(
  { hosts, runMs }: Pick<Choice, 'hosts' | 'runMs'>,
  { jobs, breaker, format, passwords = {}, captures, extensions }: RunOptions,
  io: CommandIo,
): Promise<number> {
  const progress = showProgress(hosts.length, io)
  const interrupt = onInterrupt(() =>
    progress.say('stopping: printing what has arrived (Ctrl-C again to stop at once)'),
  )
  const { askLine, withdraw } = openQuestions(io, progress, interrupt.signal)
  try {
    const credentials = await loadCredentials(hosts, await readSources(passwords, io, askLine))
    const record = await check({
      hosts,
      credentials,
      breaker: openBreaker(breaker, askLine),
      notify: progress.say,
      jobs,
      runMs,
      interrupt: interrupt.signal,
      onProgress: progress.report,
      ...(extensions && { extensions }),
      ...(captures && { onCapture: captures.keep }),
    })
    withdraw()
    progress.end()
    tellAccepted(record, io)
    printRecord(record, format, io)
    await captures?.finish(record)
    return exitCodeOf(record)
  } finally {
    withdraw()
    progress.end()
    interrupt.dispose()
  }
}

import type { Extensions } from '../checks/extensions.js'
import type { Choice } from '../inventory/choose.js'
import { t } from '../language/language.js'
import { type CheckOptions, check } from '../pipeline.js'
import type { HostRecord, RunRecord } from '../record.js'
import { loadCredentials } from '../ssh/auth/credentials.js'
import { openQuestions } from './ask-line.js'
import type { CommandIo } from './command-io.js'
import { onInterrupt } from './interrupt.js'
import { openBreaker } from './open-breaker.js'
import { type PasswordFlags, readSources } from './password-sources.js'
import { showProgress } from './show-progress.js'
import { tellAccepted } from './tell-accepted.js'

/** How many hosts to work on at once, and with what. */
export interface Work extends Pick<CheckOptions, 'onCapture' | 'onHost' | 'waivers'> {
  jobs: number
  /** Whether a login that was refused is kept from the other hosts. */
  breaker: boolean
  /** Where passwords come from; nowhere, when not given. */
  passwords?: PasswordFlags
  extensions?: Extensions
}

/** Checks hosts that are already chosen, with its progress on standard error; standard output is left to the result. Throws UserError. */
export async function checkChosen(
  { hosts, runMs }: Pick<Choice, 'hosts' | 'runMs'>,
  { jobs, breaker, passwords = {}, onHost, ...rest }: Work,
  io: CommandIo,
): Promise<RunRecord> {
  const progress = showProgress(hosts.length, io)
  const interrupt = onInterrupt(() =>
    progress.say(t`stopping: printing what has arrived (Ctrl-C again to stop at once)`),
  )
  const giveHost = (host: HostRecord) => {
    progress.makeRoom()
    onHost?.(host)
  }
  const { askLine, withdraw } = openQuestions(io, progress, interrupt.signal)
  try {
    const credentials = await loadCredentials(hosts, await readSources(passwords, io, askLine))
    const record = await check({
      ...{ hosts, credentials, jobs, runMs, ...rest },
      breaker: openBreaker(breaker, askLine),
      notify: progress.say,
      interrupt: interrupt.signal,
      onProgress: progress.report,
      ...(onHost && { onHost: giveHost }),
    })
    withdraw()
    progress.end()
    tellAccepted(record, io)
    return record
  } finally {
    withdraw()
    progress.end()
    interrupt.dispose()
  }
}

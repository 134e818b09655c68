import { UserError } from '../errors.js'
import type { Targeting } from '../inventory/choose.js'
import { t } from '../language/language.js'
import { type PingRecord, ping } from '../ping.js'
import { renderPing } from '../report/ping.js'
import { loadCredentials } from '../ssh/auth/credentials.js'
import { openQuestions } from './ask-line.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'
import { onInterrupt } from './interrupt.js'
import { openBreaker } from './open-breaker.js'
import { type PasswordFlags, readSources } from './password-sources.js'
import { showProgress } from './show-progress.js'
import { tellAccepted } from './tell-accepted.js'
import { textOptionsOf } from './text-options.js'

/** Which hosts to reach, and how to print how it went. */
export type PingCommandOptions = Targeting & {
  jobs: number
  /** Whether a login that was refused is kept from the other hosts. */
  breaker: boolean
  format: 'table' | 'json'
  /** Whether every step is shown, whatever the width. */
  wide?: boolean
  /** Where passwords come from; those of sudo are not needed here. */
  passwords?: PasswordFlags
}

/** `fleetdx ping`: logs in to the chosen hosts and no more, prints how long each step took, returns the exit code. Throws UserError. */
export async function runPing(
  { jobs, breaker, format, wide = false, passwords = {}, ...which }: PingCommandOptions,
  io: CommandIo,
): Promise<number> {
  if (which.local) throw new UserError(t`there is no way to this machine to measure`, { mend: t`leave out --local` })
  const { hosts, runMs } = await chooseAndTell(which, io)
  const progress = showProgress(hosts.length, io)
  const interrupt = onInterrupt(() => progress.say(t`stopping (Ctrl-C again to stop at once)`))
  const { askLine, withdraw } = openQuestions(io, progress, interrupt.signal)
  try {
    const credentials = await loadCredentials(hosts, await readSources(forLogin(passwords), io, askLine))
    const record = await ping({
      ...{ hosts, credentials, jobs, runMs, interrupt: interrupt.signal },
      breaker: openBreaker(breaker, askLine),
      onProgress: progress.report,
      notify: progress.say,
    })
    withdraw()
    progress.end()
    tellAccepted(record, io)
    io.stdout.write(
      format === 'json' ? `${JSON.stringify(record, null, 2)}\n` : renderPing(record, { ...textOptionsOf(io), wide }),
    )
    return exitCodeOf(record)
  } finally {
    withdraw()
    progress.end()
    interrupt.dispose()
  }
}

function forLogin(flags: PasswordFlags): PasswordFlags {
  const { askSudoPass: _, sudoPassFd: _fd, sudoPassCommand: _command, ...login } = flags
  return login
}

/** As of a check: 3 where a host was not reached. */
function exitCodeOf({ hosts, interrupted }: PingRecord): number {
  if (interrupted) return 130
  return hosts.every(({ status }) => status === 'reached') ? 0 : 3
}

import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import type { Attempt } from '../connect-failure.js'
import type { KnownKeys } from '../host-keys/known-hosts.js'
import { ConnectFailure, type ConnectPhase, type FailureDetails } from '../session.js'
import type { SshTrace } from './read-progress.js'

/** An `ssh` that ended before it was logged in. */
export interface EndedSsh {
  endpoint: Endpoint
  attempt: Attempt
  trace: SshTrace
  known: KnownKeys
  hasPassword: boolean
  /** Whether there is a terminal. */
  canAsk: boolean
}

/** The same attempt at another step. */
export function at(attempt: Attempt, phase: ConnectPhase): Attempt {
  return { hop: attempt.hop, heard: attempt.heard, phase }
}

/** A failure of that attempt; `says` goes on where the hop is named. */
export function fail(
  { hop, phase }: Attempt,
  says: string,
  details: Omit<FailureDetails, 'hop' | 'phase'>,
): ConnectFailure {
  return new ConnectFailure(`${hop} ${says}`, { ...details, phase, hop })
}

/** What a person would try, to see for themselves. */
export function writeTrial({ alias, address, port, user, sshConfigFile }: Endpoint): string {
  const file = sshConfigFile === undefined ? [] : ['-F', sshConfigFile]
  const words = ['ssh', '-v', ...file, '-p', port, '-l', user, alias ?? address, 'exit']
  return t`see what this says: ${words.map(quote).join(' ')}`
}

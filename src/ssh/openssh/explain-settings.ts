import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { type Attempt, formatHop, quoteRemote } from '../connect-failure.js'
import { ConnectFailure } from '../session.js'
import { at, type EndedSsh, fail, writeTrial } from './ended-ssh.js'

/** Says that `ssh` does not take what its configuration says. */
export function explainConfiguration(
  { attempt, endpoint }: Pick<EndedSsh, 'attempt' | 'endpoint'>,
  [, words = '']: readonly string[],
): ConnectFailure {
  return fail(
    at(attempt, 'config'),
    t`was not tried: the system's ssh does not take its configuration: ${quoteRemote(words)}`,
    {
      reason: 'config',
      mend: writeTrial(endpoint),
    },
  )
}

/** Says that the connection cannot carry several commands. */
export function explainMultiplexing(
  { attempt }: Pick<EndedSsh, 'attempt'>,
  [, words = '']: readonly string[],
): ConnectFailure {
  return explainUnshared(attempt, quoteRemote(words), t`set TMPDIR to a folder with a short path, such as /tmp`)
}

/** The same where fleetdx itself has found out. */
export function explainNoSocket({ attempt }: Pick<EndedSsh, 'attempt'>): ConnectFailure {
  return process.platform === 'win32'
    ? explainUnshared(attempt, t`"that of Windows has no ControlMaster"`, t`run fleetdx in WSL, or --transport ssh2`)
    : explainUnshared(attempt, t`"no folder for its socket"`, t`set TMPDIR to a folder with a short path, such as /tmp`)
}

function explainUnshared(attempt: Attempt, why: string, mend: string): ConnectFailure {
  const says = t`was not tried: the system's ssh cannot share a connection: ${why}`
  return fail(at(attempt, 'config'), says, { reason: 'config', mend })
}

/** Says that there is no `ssh` to reach a host with. */
export function explainNoProgram(endpoint: Endpoint): ConnectFailure {
  const hop = formatHop(endpoint)
  return new ConnectFailure(t`${hop} is not tried: there is no program 'ssh' on the PATH`, {
    reason: 'config',
    phase: 'config',
    hop,
    mend: t`install OpenSSH's client (Debian: apt-get install openssh-client; RHEL: dnf install openssh-clients), or --transport ssh2`,
  })
}

import type { Endpoint } from '../../inventory/host.js'
import { formatHop, quoteRemote } from '../connect-failure.js'
import { ConnectFailure } from '../session.js'
import { at, type EndedSsh, fail, writeTrial } from './ended-ssh.js'

/** Says that `ssh` does not take what its configuration says. */
export function explainConfiguration(
  { attempt, endpoint }: Pick<EndedSsh, 'attempt' | 'endpoint'>,
  [, words = '']: readonly string[],
): ConnectFailure {
  return fail(
    at(attempt, 'config'),
    `was not tried: the system's ssh does not take its configuration: ${quoteRemote(words)}`,
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
  return fail(
    at(attempt, 'config'),
    `was not tried: the system's ssh cannot share a connection: ${quoteRemote(words)}`,
    {
      reason: 'config',
      mend: 'set TMPDIR to a folder with a short path, such as /tmp',
    },
  )
}

/** Says that there is no `ssh` to reach a host with. */
export function explainNoProgram(endpoint: Endpoint): ConnectFailure {
  const hop = formatHop(endpoint)
  return new ConnectFailure(`${hop} is not tried: there is no program 'ssh' on the PATH`, {
    reason: 'config',
    phase: 'config',
    hop,
    mend: "install OpenSSH's client (Debian: apt-get install openssh-client; RHEL: dnf install openssh-clients), or --transport ssh2",
  })
}

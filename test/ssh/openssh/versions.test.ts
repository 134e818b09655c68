import { expect, test } from 'vitest'
import type { Endpoint } from '../../../src/inventory/host.js'
import type { KnownKeys } from '../../../src/ssh/host-keys/known-hosts.js'
import { fingerprint } from '../../../src/ssh/key-blob.js'
import { explainEnd } from '../../../src/ssh/openssh/explain-end.js'
import { createTrace, readProgress } from '../../../src/ssh/openssh/read-progress.js'
import { startAttempt } from '../../../src/ssh/phase-watch.js'

/* What `ssh -v` says in the versions that people have, from the sources of OpenSSH. */

const endpoint: Endpoint = { address: 'web1', port: 22, user: 'ops', identityFiles: [], knownHostsFiles: ['/known'] }
const none: KnownKeys = { listed: [], bare: [], unread: [] }

function read(lines: string, { known = none, canAsk = true, hasPassword = false, changes = {} } = {}) {
  const phases: string[] = []
  const attempt = startAttempt('ops@web1:22', 'resolve', (phase) => phases.push(phase))
  const trace = createTrace()
  for (const line of lines.trim().split('\n')) {
    readProgress(line.trim(), trace, attempt, {
      onKeysExchanged() {},
      onServing: () => phases.push('serving'),
    })
  }
  const explain = () =>
    explainEnd({ endpoint: { ...endpoint, ...changes }, attempt, trace, known, canAsk, hasPassword })
  return { phases, trace, explain }
}

const beginning = `
  debug1: Reading configuration data /etc/ssh/ssh_config
  debug1: Connecting to web1 [192.0.2.1] port 22.
  debug1: Connection established.
  debug1: identity file /home/ops/.ssh/id_ed25519 type 3
  debug1: Local version string SSH-2.0-OpenSSH
  debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1
  debug1: Authenticating to web1:22 as 'ops'
  debug1: Server host key: ssh-ed25519 SHA256:jyOneatKV0Jh8rqU2VUpYS2NP0KOaXBVqaaNZQ34evc
  debug1: Host 'web1' is known and matches the ED25519 host key.
  debug1: SSH2_MSG_NEWKEYS received
  debug1: Authentications that can continue: publickey
  debug1: Next authentication method: publickey`

test.each([
  [
    '7.4',
    'debug1: Offering ED25519 public key: /home/ops/.ssh/id_ed25519',
    'ssh-ed25519 from /home/ops/.ssh/id_ed25519',
  ],
  [
    '7.7',
    'debug1: Offering public key: ED25519 SHA256:x8hy0h7 /home/ops/.ssh/id_ed25519',
    'ssh-ed25519 SHA256:x8hy0h7 from /home/ops/.ssh/id_ed25519',
  ],
  [
    '8.0',
    'debug1: Offering public key: /home/ops/.ssh/id ed RSA SHA256:x8hy0h7 explicit',
    'ssh-rsa SHA256:x8hy0h7 from /home/ops/.ssh/id ed',
  ],
  [
    '9.2',
    'debug1: Offering public key: ops@laptop ED25519 SHA256:x8hy0h7 agent',
    'ssh-ed25519 SHA256:x8hy0h7 from agent',
  ],
  [
    '10.0',
    'debug1: Offering public key: /home/ops/.ssh/id_ed25519_sk ED25519-SK SHA256:x8hy0h7 explicit authenticator agent',
    'sk-ssh-ed25519@openssh.com SHA256:x8hy0h7 from agent',
  ],
  [
    '10.0, a certificate',
    'debug1: Offering public key: /home/ops/.ssh/id_rsa RSA-CERT SHA256:x8hy0h7 explicit',
    'ssh-rsa certificate SHA256:x8hy0h7 from /home/ops/.ssh/id_rsa',
  ],
])('OpenSSH %s: a key that is refused', (_version, offer, words) => {
  const { phases, explain } = read(`${beginning}
    ${offer}
    debug1: Authentications that can continue: publickey
    debug1: No more authentication methods to try.
    ops@web1: Permission denied (publickey).`)
  expect(phases).toEqual(['connect', 'banner', 'handshake', 'auth'])
  expect(explain()).toMatchObject({
    message: `ops@web1:22 refused every key: ${words}; it allows: publickey`,
    mend: 'see that the user is right, then ssh-copy-id -p 22 ops@web1',
  })
})

test('the server banner cannot pass for a login', () => {
  const { phases } = read(`${beginning}
    Entering interactive session.
    debug2: Entering interactive session.
    Welcome`)
  expect(phases).not.toContain('serving')
  expect(read(`${beginning}\ndebug1: Entering interactive session.`).phases).toContain('serving')
})

test.each([
  [
    'ssh: Could not resolve hostname web1: Name or service not known',
    'dns',
    'ops@web1:22 has no address: its name is not known',
  ],
  [
    'ssh: Could not resolve hostname web1: nodename nor servname provided, or not known',
    'dns',
    'ops@web1:22 has no address: its name is not known',
  ],
  [
    'ssh: Could not resolve hostname web1: Temporary failure in name resolution',
    'dns',
    'ops@web1:22 has no address: the name server does not answer',
  ],
  [
    'ssh: connect to host web1 port 22: Connection refused',
    'refused',
    'ops@web1:22 refused the connection: nothing listens there, or a firewall rejects it',
  ],
  [
    'ssh: connect to host web1 port 22: Operation timed out',
    'timeout',
    'ops@web1:22 does not answer: it is down, or a firewall drops the packets',
  ],
  [
    'ssh: connect to host web1 port 22: No route to host',
    'unreachable',
    'ops@web1:22 cannot be reached: no route to it, or a firewall rejects it',
  ],
  [
    'ssh: connect to host web1 port 22: Network is unreachable',
    'unreachable',
    'ops@web1:22 cannot be reached: this machine has no route to its network',
  ],
  [
    'ssh: connect to host web1 port 22: Permission denied',
    'unreachable',
    'ops@web1:22 cannot be reached: Permission denied',
  ],
])('the way there: %s', (line, reason, message) => {
  expect(read(line).explain()).toMatchObject({ reason, message })
})

const banner = `
  debug1: Connecting to web1 [192.0.2.1] port 22.
  debug1: Connection established.`

test.each([
  [
    '7.4: closed',
    `${banner}
    ssh_exchange_identification: Connection closed by remote host`,
    'closed',
    'ops@web1:22 closed the connection while its SSH banner was awaited',
  ],
  [
    '9.2: closed',
    `${banner}
    kex_exchange_identification: Connection closed by remote host
    Connection closed by 192.0.2.1 port 22`,
    'closed',
    'ops@web1:22 closed the connection while its SSH banner was awaited',
  ],
  [
    '9.2: reset',
    `${banner}
    kex_exchange_identification: read: Connection reset by peer
    Connection reset by 192.0.2.1 port 22`,
    'closed',
    'ops@web1:22 cut the connection while its SSH banner was awaited (ECONNRESET)',
  ],
  [
    '7.4: full',
    `${banner}
    debug1: ssh_exchange_identification: Exceeded MaxStartups
    ssh_exchange_identification: read: Connection reset by peer`,
    'closed',
    'ops@web1:22 closed the connection while its SSH banner was awaited: "Exceeded MaxStartups"',
  ],
  [
    '9.8: shut out',
    `${banner}
    debug1: kex_exchange_identification: banner line 0: Not allowed at this time
    kex_exchange_identification: Connection closed by remote host`,
    'closed',
    'ops@web1:22 closed the connection while its SSH banner was awaited: "Not allowed at this time"',
  ],
  [
    '8.7: not SSH',
    `${banner}
    debug1: kex_exchange_identification: banner line 0: HTTP/1.1 400 Bad Request
    kex_exchange_identification: Connection closed by remote host`,
    'protocol',
    'ops@web1:22 answers, but not with SSH: "HTTP/1.1 400 Bad Request"',
  ],
  [
    'an odd version',
    `${banner}
    Bad remote protocol version identification: 'SSH-x'`,
    'protocol',
    'ops@web1:22 answers, but not with SSH: "SSH-x"',
  ],
  [
    'nothing in common',
    `${banner}
    debug1: Remote protocol version 2.0, remote software version OpenSSH_5.3
    Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss`,
    'protocol',
    'ops@web1:22 shares no host key type with the system\'s ssh; it offers "ssh-rsa,ssh-dss"',
  ],
  [
    'broken',
    `${banner}
    debug1: Remote protocol version 2.0, remote software version OpenSSH_5.3
    Bad packet length 4294967295.
    ssh_dispatch_run_fatal: Connection to 192.0.2.1 port 22: message authentication code incorrect`,
    'protocol',
    'ops@web1:22 broke the SSH protocol while keys were exchanged: message authentication code incorrect',
  ],
  [
    'a goodbye',
    `${beginning}
    Received disconnect from 192.0.2.1 port 22:11: Too many logins
    Disconnected from 192.0.2.1 port 22`,
    'closed',
    'ops@web1:22 ended the connection while logging in: "Too many logins"',
  ],
  [
    'dropped',
    `${beginning}
    Connection closed by 192.0.2.1 port 22`,
    'closed',
    'ops@web1:22 closed the connection while logging in',
  ],
  [
    'something new',
    `${beginning}
    the ssh of tomorrow says this`,
    'closed',
    `ops@web1:22 was not reached: the system's ssh ended with "the ssh of tomorrow says this"`,
  ],
  ['nothing at all', '', 'closed', "ops@web1:22 was not reached: the system's ssh ended without a word"],
  [
    'a path too long',
    `${beginning}
    unix_listener: path "/x" too long for Unix domain socket`,
    'config',
    `ops@web1:22 was not tried: the system's ssh cannot share a connection: ` +
      `"unix_listener: path \\"/x\\" too long for Unix domain socket"`,
  ],
])('%s', (_case, lines, reason, message) => {
  expect(read(lines).explain()).toMatchObject({ reason, message })
})

test.each([
  ['7.4', 'Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures'],
  [
    '9.2',
    'Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures\nDisconnected from 192.0.2.1 port 22',
  ],
])('OpenSSH %s: too many tries', (_version, end) => {
  const { explain } = read(`${beginning}
    debug1: Offering public key: /id ED25519 SHA256:x8hy0h7
    ${end}`)
  expect(explain()).toMatchObject({
    reason: 'auth',
    message:
      'ops@web1:22 hung up after too many tries (MaxAuthTries); offered: ssh-ed25519 SHA256:x8hy0h7 from /id; it allows: publickey',
    mend: 'name the right key with identityFile, and it is offered first',
  })
})

test('what could not be used is told in the words of ssh', () => {
  const { explain } = read(`${beginning}
    Load key "/home/ops/.ssh/id_rsa": bad permissions
    debug1: Offering public key: ops@laptop ED25519 SHA256:x8hy0h7 agent
    debug1: Server accepts key: ops@laptop ED25519 SHA256:x8hy0h7 agent
    sign_and_send_pubkey: signing failed for ED25519 "ops@laptop" from agent: agent refused operation
    ops@web1: Permission denied (publickey).`)
  expect(explain().message).toBe(
    'ops@web1:22 refused every key: ssh-ed25519 SHA256:x8hy0h7 from agent; it allows: publickey; ' +
      'not used: /home/ops/.ssh/id_rsa (bad permissions); not used: agent (agent refused operation)',
  )
})

test('a ProxyCommand that ended is quoted', () => {
  const lines = `
    debug1: Executing proxy command: exec nc web1 22
    sh: 1: exec: nc: not found
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535`
  expect(read(lines, { changes: { proxyCommand: 'nc web1 22' } }).explain()).toMatchObject({
    reason: 'unreachable',
    phase: 'connect',
    message: 'ops@web1:22 cannot be reached: its ProxyCommand ended: "sh: 1: exec: nc: not found"',
  })
})

test.each([
  ['revoked', 'The ED25519 host key for web1 is marked as revoked.\nHost key verification failed.'],
  [
    'unknown',
    'No ED25519 host key is known for web1 and you have requested strict checking.\nHost key verification failed.',
  ],
])('a host key that is %s is judged by fleetdx', (trust, end) => {
  const blob = Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0\x20${'k'.repeat(32)}`, 'latin1')
  const revoked = { trust: 'revoked', type: 'ssh-ed25519', blob, place: { file: '/known', line: 3 } } as const
  const known = { ...none, listed: trust === 'revoked' ? [revoked] : [] }
  const { explain } = read(
    `debug1: Server host key: ssh-ed25519 ${fingerprint(blob)}
    ${end}`,
    { known: { ...none, ...known } },
  )
  expect(explain()).toMatchObject({
    phase: 'host-key',
    message: `ops@web1:22 shows the ssh-ed25519 key ${fingerprint(blob)}, which is ${trust === 'revoked' ? 'revoked in /known:3' : 'not known yet'}`,
  })
})

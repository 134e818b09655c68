import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Endpoint } from '../../inventory/host.js'
import { parseSshWords, type SshWords } from '../../inventory/ssh-settings.js'
import { isUsualIdentity } from '../write-ssh.js'
import { killGroup } from './guard.js'

/** The program; it is looked up on the PATH. */
export const ssh = 'ssh'

/** Nothing of the configuration may run anything on the remote side or change this one, or keep `ssh` from carrying a command as it is. */
const disarmed = [
  'PermitLocalCommand=no',
  'ForwardAgent=no',
  'ForwardX11=no',
  'Tunnel=no',
  'ClearAllForwardings=yes',
  'RequestTTY=no',
  'UpdateHostKeys=no',
  'ControlPersist=no',
  'EscapeChar=none',
]

/** The same, of keywords that older versions do not know: said only where the configuration does. */
const disarmedIfSet: Readonly<Record<string, string>> = {
  remotecommand: 'RemoteCommand=none',
  forkafterauthentication: 'ForkAfterAuthentication=no',
  stdinnull: 'StdinNull=no',
  sessiontype: 'SessionType=default',
}

/** Characters of what `ssh -G` says beside, which are kept. */
const mostWords = 10_000

/** Which configuration `ssh` reads, and what an endpoint says beyond it. */
export function writeEndpoint(endpoint: Endpoint): string[] {
  const { address, port, user, sshConfigFile, identitiesOnly } = endpoint
  return [
    ...(sshConfigFile === undefined ? [] : ['-F', sshConfigFile]),
    ...['-o', `HostName=${address.replaceAll('%', '%%')}`, '-p', String(port), '-l', user],
    ...chooseIdentities(endpoint).flatMap((file) => ['-i', file]),
    ...(identitiesOnly ? ['-o', 'IdentitiesOnly=yes'] : []),
  ]
}

export function writeDisarmed(answer: SshWords): string[] {
  const isSet = (keyword: string) => !['no', 'none', 'default'].includes(answer.get(keyword)?.[0] ?? 'no')
  const set = Object.keys(disarmedIfSet).filter(isSet)
  return [...disarmed, ...set.map((keyword) => disarmedIfSet[keyword] ?? '')].flatMap((option) => ['-o', option])
}

/** The environment that the configuration sends with a command. */
export function writeSentEnvironment(answer: SshWords): string[] {
  const values = (keyword: string) => answer.get(keyword) ?? []
  const set = values('setenv').map((pair) => `SetEnv="${pair}"`)
  return [...values('sendenv').map((name) => `SendEnv=${name}`), ...set].flatMap((option) => ['-o', option])
}

/** The name that `ssh` is given. One that it would read as an option is given as the address. */
export function nameFor({ alias, address }: Endpoint): string {
  return alias === undefined || alias.startsWith('-') ? address : alias
}

/**
 * Files that are not there would only be named in a warning. Those of ssh_config are known to `ssh`, which would offer each
 * twice; its own defaults alone are left to it, for it knows more of them.
 */
function chooseIdentities({ identityFiles, passesOverIdentities }: Endpoint): string[] {
  if (passesOverIdentities) return []
  const there = identityFiles.filter((file) => existsSync(file) || existsSync(`${file}.pub`))
  return there.every(isUsualIdentity) ? [] : there
}

/** Asks `ssh -G`, and ends it with all that it runs (`Match exec`) when the signal aborts. Rejects with what it says. */
export function askConfiguration(words: readonly string[], signal: AbortSignal): Promise<SshWords> {
  return new Promise((resolve, reject) => {
    const child = spawn(ssh, ['-G', '-T', ...words], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const abort = () => killGroup(child)
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (piece: Buffer) => {
      said.stdout += piece.toString()
    })
    child.stderr.on('data', (piece: Buffer) => {
      said.stderr = `${said.stderr}${piece}`.slice(0, mostWords)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      signal.removeEventListener('abort', abort)
      if (code === 0) resolve(parseSshWords(said.stdout))
      else reject(Object.assign(new Error(`'ssh -G' ended with ${code}`), { stderr: said.stderr }))
    })
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}

import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointOf, makeFolder, makeKey, type Sshd, startSshd } from '../support/sshd.js'
import { openTerminal } from '../support/terminal.js'

let sshd: Sshd
let keys: string[]
beforeAll(async () => {
  sshd = await startSshd()
  const folder = await makeFolder()
  keys = await Promise.all(['one', 'two'].map((name) => makeKey(join(folder, name), { passphrase: 'open sesame' })))
  for (const key of keys) await appendFile(join(sshd.folder, 'authorized_keys'), await readFile(`${key}.pub`))
})
afterAll(() => sshd.stop())

const ping = (...words: string[]) => {
  const identities = keys.flatMap((key) => ['--identity', key])
  const hop = `${endpointOf(sshd).user}@127.0.0.1:${sshd.port}`
  const env = { SSH_AUTH_SOCK: '', HOME: '/nowhere' }
  return openTerminal(['ping', '--known-hosts', sshd.knownHostsFile, ...identities, ...words, hop], { env })
}

describe('a question that is open', () => {
  it('is withdrawn at the end of the run, which nobody has to wait for', async () => {
    const terminal = ping('--timeout-run', '1s')
    await terminal.shows(`Passphrase for ${keys[0]}: `)
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(3)
    expect(output).toContain('1 host: 1 not checked')
  })

  it('is the last one after Ctrl-C', async () => {
    const terminal = ping()
    await terminal.shows(`Passphrase for ${keys[0]}: `)
    terminal.type('\x03')
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(130)
    expect(output).not.toContain(`Passphrase for ${keys[1]}: `)
  })
})

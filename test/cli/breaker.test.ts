import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRecord } from '../support/fleetdx.js'
import { endpointOf, makeFolder, makeKey, type Sshd, startSshd } from '../support/sshd.js'
import { openTerminal } from '../support/terminal.js'

let fleet: Sshd[]
let inventory: string
const hop = ({ port }: Sshd, user: string) => `${user}@127.0.0.1:${port}`

/** Four servers, and a key that none of them knows. */
beforeAll(async () => {
  fleet = await Promise.all([1, 2, 3, 4].map(() => startSshd()))
  const folder = await makeFolder()
  const key = await makeKey(join(folder, 'stranger'))
  const hosts = fleet.map((sshd, index) => {
    const { user } = endpointOf(sshd)
    return `  web${index}: { address: 127.0.0.1, port: ${sshd.port}, user: ${user}, knownHostsFile: ${sshd.knownHostsFile} }`
  })
  inventory = join(folder, 'inventory.yaml')
  await writeFile(inventory, `defaults: { identityFile: ${key} }\nhosts:\n${hosts.join('\n')}\n`)
})
afterAll(() => Promise.all(fleet.map((sshd) => sshd.stop())))

const countTries = () => fleet.map(({ log }) => log.filter((line) => line.includes('Failed publickey')).length)
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)

describe('a login that servers refuse', () => {
  it('is tried on three of them where nobody can be asked, and the record names them', async () => {
    const before = sum(countTries())
    const { exitCode, record } = await checkRecord(['-i', inventory])
    expect(exitCode).toBe(3)
    const reasons = record.hosts.map(({ reason }) => reason?.reason)
    expect(reasons.sort()).toEqual(['auth', 'auth', 'auth', 'not-tried'])
    expect(sum(countTries()) - before).toBe(3)
    const refusing = record.hosts.filter(({ reason }) => reason?.reason === 'auth').map(({ reason }) => reason?.hop)
    for (const { reason } of record.hosts.filter(({ reason }) => reason?.reason === 'not-tried')) {
      expect(reason?.message).toMatch(/^not tried: the same login was refused by (\S+ and ){2}\S+$/)
      for (const name of refusing) expect(reason?.message).toContain(name)
      expect(reason?.mend).toBe('set that login right first, or try it on every host: --no-breaker')
    }
  })

  it('is tried on all of them with --no-breaker', async () => {
    const before = sum(countTries())
    const { record } = await checkRecord(['-i', inventory, '--no-breaker'])
    expect(record.hosts.map(({ reason }) => reason?.reason)).toEqual(Array(4).fill('auth'))
    expect(sum(countTries()) - before).toBe(4)
  })

  it.each([
    ['n', 1],
    ['', 1],
    ['y', 4],
  ])('is asked about after the first on a terminal; the answer %j', async (answer, tries) => {
    const before = sum(countTries())
    const terminal = openTerminal(['ping', '-i', inventory], { env: { SSH_AUTH_SOCK: '' } })
    await terminal.shows('refused the login. Try the same login on the other hosts? [y/N] ')
    terminal.type(`${answer}\r`)
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(3)
    expect(output).toContain('4 hosts: 4 unreachable')
    expect(sum(countTries()) - before).toBe(tries)
  })

  it('is not asked about where there is only one host', async () => {
    const terminal = openTerminal(['ping', '-i', inventory, 'web2'], { env: { SSH_AUTH_SOCK: '' } })
    const [, , third] = fleet
    if (!third) throw new Error('no server')
    const { output } = await terminal.ended
    // One host alone leaves nothing to ask about.
    expect(output).not.toContain('Try the same login')
    expect(output).toContain(`${hop(third, endpointOf(third).user)} refused every key`)
  })
})

import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runPing } from '../../../src/commands/ping.js'
import { makeAnsibleEnv } from '../../support/ansible.js'
import { endpointOf, makeFolder, type Sshd, startSshd } from '../../support/sshd.js'

/* Whom Ansible reaches by an inventory, fleetdx reaches by the same one. */

let bastion: Sshd
let inner: Sshd
let folder: string
beforeAll(async () => {
  bastion = await startSshd()
  inner = await startSshd()
  folder = await makeFolder()
  const known = [await readFile(bastion.knownHostsFile, 'utf8'), await readFile(inner.knownHostsFile, 'utf8')]
  await mkdir(join(folder, 'group_vars'))
  await writeFile(join(folder, 'known_hosts'), known.join(''))
  await writeFile(
    join(folder, 'group_vars/all.yml'),
    `ansible_user: ${endpointOf(inner).user}\nansible_host: 127.0.0.1\n`,
  )
  const trust = `-o UserKnownHostsFile=${join(folder, 'known_hosts')} -o GlobalKnownHostsFile=none`
  const lines = [
    '[all:vars]',
    `ansible_ssh_common_args="${trust}"`,
    '[web]',
    `direct ansible_port=${bastion.port} ansible_ssh_private_key_file=${bastion.identityFile}`,
    `other:${inner.port} ansible_private_key_file=${inner.identityFile}`,
    '[here]',
    'localhost ansible_connection=local',
  ]
  await writeFile(join(folder, 'hosts'), `${lines.join('\n')}\n`)
})
afterAll(() => Promise.all([bastion.stop(), inner.stop()]))

it('logs in where Ansible does', { timeout: 120_000 }, async () => {
  const env = await makeAnsibleEnv()
  const { stdout: said } = await promisify(execFile)('ansible', ['all', '-i', 'hosts', '-m', 'raw', '-a', 'true'], {
    cwd: folder,
    env,
  })
  expect(said.match(/^\S+(?= \| CHANGED)/gm)?.sort()).toEqual(['direct', 'localhost', 'other'])
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const io = { stdout, stderr, stdin: Readable.from([]), env: { ...env, HOME: folder }, cwd: folder }
  const options = { targets: [], inventory: 'hosts', overrides: {}, jobs: 4, breaker: true, local: false }
  expect(await runPing({ ...options, format: 'table' }, io)).toBe(0)
  stdout.end()
  stderr.end()
  expect((await text(stdout)).match(/^\S+(?= .*✔ logged in)/gm)?.sort()).toEqual(['direct', 'localhost', 'other'])
  expect(await text(stderr)).toBe('')
})

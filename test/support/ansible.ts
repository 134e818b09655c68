import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeFolder } from './sshd.js'

/** What Ansible itself makes of an inventory, or what it says against it. */
export type AnsibleAnswer =
  | { error: string }
  | {
      hosts: Record<string, Record<string, unknown>>
      groups: Record<string, string[]>
      groupsOf: Record<string, string[]>
    }

/** A home where nothing is said to Ansible; one file that it cannot read is a failure. */
export async function makeAnsibleEnv(): Promise<Record<string, string>> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: await makeFolder(),
    LC_ALL: 'C.UTF-8',
    ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'true',
  }
}

/** Asks Ansible for what it makes of each of the inventories, in one process, as it takes a second to begin. */
export async function askAnsible(paths: readonly string[], env: Record<string, string> = {}): Promise<AnsibleAnswer[]> {
  const script = fileURLToPath(new URL('ansible-oracle.py', import.meta.url))
  const child = spawn('/usr/bin/python3', [script], {
    cwd: '/',
    env: { ...(await makeAnsibleEnv()), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(paths.map((path) => `${path}\n`).join(''))
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  const answers = printed.trim().split('\n')
  if (answers.length !== paths.length)
    throw new Error(`Ansible did not answer for every inventory: ${said.slice(-2000)}`)
  return answers.map((answer) => JSON.parse(answer))
}

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runPasswordCommand } from '../../../src/ssh/auth/password-command.js'
import { makeFolder } from '../../support/sshd.js'

test('the first line is the password, with its blanks, whatever follows', async () => {
  expect(await runPasswordCommand("printf '%s\\r\\nmore\\n' ' s3 cret '", 'login')).toBe(' s3 cret ')
  expect(await runPasswordCommand('yes | head -c 1000000', 'login')).toBe('y')
})

test('a command that takes too long is ended, with all that it has started', async () => {
  const file = join(await makeFolder(), 'pid')
  const running = runPasswordCommand(`sh -c 'echo $$ >${file}; exec sleep 60'; echo late`, 'sudo', 500)
  await expect(running).rejects.toMatchObject({
    message: "the command 'sh' for the sudo password took over 0.5 s",
    mend: 'run it by hand, and see what it says',
  })
  const pid = Number(await readFile(file, 'utf8'))
  await expect.poll(() => isRunning(pid)).toBe(false)
})

/** A process that has ended may still be listed until somebody asks how. */
function isRunning(pid: number): boolean {
  try {
    // sample: 4711 (sleep) S 1 4711 …
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

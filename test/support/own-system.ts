import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Ran } from './fleetdx.js'

/** This machine with an /etc, a /home and a /usr/local of its own: users and sudoers made in it are gone with it. */
export interface OwnSystem {
  /** In front of a command line, it runs that command in there. */
  enter: string[]
  /** Runs a line of sh in there, as root or as another user. */
  run(line: string, options?: { cwd?: string; user?: string }): Promise<Ran>
  stop(): Promise<void>
}

const layer = `
set -e
layers=$(mktemp -d)
mount -t tmpfs none "$layers"
for place in /etc /home /usr/local; do
  name=$(basename $place)
  mkdir "$layers/$name" "$layers/$name.work"
  mount -t overlay overlay -o lowerdir=$place,upperdir="$layers/$name",workdir="$layers/$name.work" $place
done
umount -l "$layers"
rmdir "$layers"
echo ready
exec sleep infinity
`

/** Makes one, by a mount namespace. */
export async function startOwnSystem(): Promise<OwnSystem> {
  const child = spawn('unshare', ['-m', 'sh', '-c', layer], { stdio: ['ignore', 'pipe', 'pipe'] })
  await waitUntilReady(child)
  const enter = ['nsenter', '-t', String(child.pid), '-m', '--wd=/', '--']
  return {
    enter,
    run: (line, { cwd = '/', user } = {}) => {
      const become = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups']
      return runLine([...enter, 'env', '-C', cwd, ...become, 'sh', '-c', line])
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr?.on('data', (piece: Buffer) => {
    said += piece.toString()
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', () => reject(new Error(`no namespace: ${said}`)))
  })
}

function runLine([program = '', ...words]: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(program, words, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
    child.stdin?.end()
  })
}

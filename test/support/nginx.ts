import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The real nginx, installed where it is missing; throws where that fails. */
export function findNginx(): string {
  const found = spawnSync('sh', ['-c', 'command -v nginx || command -v /usr/sbin/nginx'], {
    encoding: 'utf8',
  }).stdout.trim()
  if (found !== '') return found
  execFileSync('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light'])
  return '/usr/sbin/nginx'
}

export function readVersion(nginx: string): string {
  const said = spawnSync(nginx, ['-v'], { encoding: 'utf8' }).stderr
  return /nginx\/(\S+)/.exec(said)?.[1] ?? ''
}

/** Writes files into a new folder, and gives its path and the means to remove it. */
export function writeConfig(files: Record<string, string>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'fleetdx-nginx-'))
  for (const [name, text] of Object.entries({ 'logs/error.log': '', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What `nginx -t` refuses about the nginx.conf of a folder: its first [emerg], `MESSAGE in FILE:LINE`; null when all is well. */
export function testConfig(nginx: string, folder: string): string | null {
  const { stderr } = spawnSync(nginx, ['-t', '-p', folder, '-c', 'nginx.conf', '-g', 'pid nginx.pid;'], {
    encoding: 'utf8',
  })
  return /\[emerg\] (?:\d+#\d+: )?(.*)/.exec(stderr)?.[1]?.replaceAll(`${folder}/`, '') ?? null
}

/**
 * A shell for `collectHere`, in namespaces of its own: the folder is /etc/nginx there, nginx has been started if its configuration
 * lets it and after the lines `before`, no other nginx is seen, and all of them end with the shell.
 */
export function shellBesideNginx(nginx: string, folder: string, shell: string, before: string[] = []): string {
  const start = join(folder, 'start.sh')
  const lines = [
    '#!/bin/sh',
    `mount --bind ${folder} /etc/nginx`,
    ...before,
    `${nginx} </dev/null >/dev/null 2>&1`,
    '"$@"',
    '',
  ]
  writeFileSync(start, lines.join('\n'), { mode: 0o755 })
  return `unshare --mount --net --pid --fork --mount-proc ${start} ${shell}`
}

export interface RunningNginx {
  /** Asks it, at an address it listens at: the body of the answer, '' where there is none. */
  ask(request: { address: string; port: number; host: string; path: string }): Promise<string>
  stop(): Promise<void>
}

/** Starts nginx in the foreground on the nginx.conf of a folder, and waits until it accepts connections at a port. */
export async function startNginx(nginx: string, folder: string, port: number): Promise<RunningNginx> {
  const child = spawn(
    nginx,
    ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off; pid nginx.pid; error_log logs/error.log;'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += piece))
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`nginx did not start: ${said}`)
  }
  return {
    ask: (request) => ask(request),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.on('connect', () => resolve(true)).on('error', () => setTimeout(() => resolve(false), 20))
    socket.on('close', () => socket.destroy())
    socket.end()
  })
}

function ask({
  address,
  port,
  host,
  path,
}: {
  address: string
  port: number
  host: string
  path: string
}): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: address, port, path, headers: { Host: host }, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (piece: Buffer) => (body += piece))
      answer.on('end', () => resolve(body))
    })
    asked.on('error', reject).end()
  })
}

/** A port that nobody listens at. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

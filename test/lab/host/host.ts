import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { poll } from '../poll.js'
import { removeCgroups } from './cgroups.js'

/** How a command inside a host ended. */
interface ExecResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A running host, seen from this machine: not over SSH, so that a look at it leaves no trace in its logs. */
export interface LabHost {
  name: string
  address: string
  /** The process id, on this machine, of the host's first process. */
  initPid: number
  /** Whether its first process is still there. */
  isRunning(): boolean
  /** Runs a bash script as root inside the host, its input closed. Never rejects for the script's own failure. */
  exec(script: string, env?: Record<string, string>): Promise<ExecResult>
  /** Ends every process of the host; its disk, network and mounts go with them. Safe to call twice. */
  stop(): Promise<void>
}

export function openHost({ name, address, initPid }: Pick<LabHost, 'name' | 'address' | 'initPid'>): LabHost {
  return {
    name,
    address,
    initPid,
    isRunning: () => existsSync(`/proc/${initPid}`),
    exec: (script, env = {}) => execInside(initPid, script, env),
    stop: () => stopHost(name, initPid),
  }
}

const rootEnv = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' }

function execInside(initPid: number, script: string, env: Record<string, string>): Promise<ExecResult> {
  const args = ['--target', String(initPid), '--all', 'bash', '-c', script]
  const child = spawn('/usr/bin/nsenter', args, { env: { ...rootEnv, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const result: ExecResult = { exitCode: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    result.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    result.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ ...result, exitCode }))
  })
}

async function stopHost(name: string, initPid: number): Promise<void> {
  if (existsSync(`/proc/${initPid}`)) process.kill(initPid, 'SIGKILL')
  const describe = () => `${name}: process ${initPid} does not end`
  await poll(async () => (existsSync(`/proc/${initPid}`) ? undefined : true), { timeoutMs: 10_000, describe })
  await removeCgroups(name)
}

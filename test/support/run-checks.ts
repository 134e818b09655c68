import { spawn } from 'node:child_process'
import { judgeChecks } from '../../src/checks/judge.js'
import type { CheckResult } from '../../src/checks/result.js'
import { toProbe } from '../../src/checks/to-probe.js'
import { openCapture } from '../../src/collect/capture.js'
import { plan } from '../../src/collect/collect.js'
import { readFrames } from '../../src/collect/frames.js'
import { buildRound, functionName, roundCommand } from '../../src/collect/script.js'
import { type Check, checksSchema } from '../../src/inventory/check-schema.js'
import type { Section } from '../../src/probes/define.js'
import { readFacts } from '../../src/probes/index.js'
import { fixtureNonce } from './read-section.js'

/** A check as a user writes it. */
export type WrittenCheck = Record<string, unknown> & { name: string }

export interface Running {
  /** The shell that runs the script: `dash`, `bash`, `busybox sh`. */
  shell?: string
  /** The user id (and group id) to run as; this process's own when not given. */
  uid?: number
  /** Whether that user may use sudo without a password. */
  isSudoer?: boolean
  /** Programs that are not to be found, hidden in a mount namespace. */
  hidden?: readonly string[]
}

/** Checks as the inventory reads them. */
export function makeChecks(...written: WrittenCheck[]): Check[] {
  return checksSchema.parse(written)
}

/** Runs checks on this machine, in one round: the real script in a real shell. */
export async function runChecks(written: readonly WrittenCheck[], running: Running = {}): Promise<CheckResult[]> {
  const checks = makeChecks(...written)
  const planned = plan(checks.map(toProbe), readFacts(openCapture()), { apps: [] })
  const output = await runHere(
    buildRound(planned, { nonce: fixtureNonce, sudo: running.isSudoer ? 'auto' : 'never' }),
    running,
  )
  const round = readFrames(output, fixtureNonce)
  const sections: Record<string, Section> = {}
  for (const { probe } of planned) {
    const section = round.sections.get(functionName(probe.name))
    if (section) sections[probe.name] = section
  }
  const asked = planned.map(({ probe }) => probe.name)
  return judgeChecks(checks, { sections, asked, absence: 'connection-lost' }).map(({ result }) => result)
}

/** One check, run. */
export async function runCheck(written: WrittenCheck, running?: Running): Promise<CheckResult> {
  const [result] = await runChecks([written], running)
  if (!result) throw new Error('no result')
  return result
}

function runHere(input: string, { shell = 'sh', uid, isSudoer = false, hidden = [] }: Running): Promise<Buffer> {
  const hide = hidden.map((program) => `mount --bind /dev/null "$(readlink -f "$(command -v ${program})")"`)
  const allow = isSudoer
    ? ['mount -t tmpfs -o mode=755 none /etc/sudoers.d', `echo '#${uid} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/one`]
    : []
  const become = uid === undefined ? '' : `setpriv --reuid=${uid} --regid=${uid} --clear-groups `
  const command = [...hide, ...allow, become + roundCommand.replace('/bin/sh', shell)].join('\n')
  const child = spawn('unshare', ['-m', 'sh', '-c', command], { stdio: ['pipe', 'pipe', 'inherit'] })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  // It stays open, as over SSH: its end would end the round.
  child.stdin.write(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(pieces)))
  })
}

import { spawn } from 'node:child_process'
import { plan } from '../../src/collect/collect.js'
import { readFrames } from '../../src/collect/frames.js'
import { buildRound, functionName, roundCommand } from '../../src/collect/script.js'
import type { AppHint } from '../../src/inventory/host.js'
import { type AnyProbe, isSecondRound, type Section } from '../../src/probes/define.js'
import { type Facts, probes, readFacts } from '../../src/probes/index.js'
import { fixtureNonce } from './read-section.js'

export interface HereOptions {
  /** The shell that runs the script: `dash`, `bash`, `busybox sh`. */
  shell?: string
  apps?: AppHint[]
  /** The user id (and group id) to run as; this process's own when not given. */
  uid?: number
  /** The key of the digests; without one there are none. */
  digestKey?: string
}

export interface CollectedHere {
  facts: Facts
  sections: Record<string, Section>
  /** All bytes that came back, round by round: what a fixture is cut from. */
  output: string
}

/** Runs probes, and those that they build on, on this machine: the real script in a real shell. */
export async function collectHere(names: (keyof Facts)[], options: HereOptions = {}): Promise<CollectedHere> {
  const wanted = withNeeds(names.map((name): AnyProbe => probes[name]))
  const here: CollectedHere = {
    facts: readFacts({ sections: {}, asked: [], absence: 'not-asked' }),
    sections: {},
    output: '',
  }
  for (const isSecond of [false, true]) {
    const planned = plan(
      wanted.filter((probe) => isSecondRound(probe) === isSecond),
      here.facts,
      { apps: options.apps ?? [] },
    )
    if (planned.length === 0) continue
    const output = await runHere(
      buildRound(planned, {
        nonce: fixtureNonce,
        sudo: 'never',
        ...(options.digestKey && { digestKey: options.digestKey }),
      }),
      options,
    )
    here.output += output
    const round = readFrames(Buffer.from(output), fixtureNonce)
    for (const { probe } of planned) {
      const section = round.sections.get(functionName(probe.name))
      if (section) here.sections[probe.name] = { ...section, probe: probe.name }
    }
    here.facts = readFacts({
      sections: here.sections,
      asked: wanted.map(({ name }) => name),
      absence: 'connection-lost',
    })
  }
  return here
}

function withNeeds(wanted: AnyProbe[]): AnyProbe[] {
  const needed = wanted.flatMap((probe) => withNeeds(Object.values(probe.needs)))
  return [...new Set([...needed, ...wanted])]
}

function runHere(input: string, { shell = 'sh', uid }: HereOptions): Promise<string> {
  const command = roundCommand.replace('/bin/sh', shell)
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  // It stays open, as over SSH: its end would end the round.
  child.stdin.write(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(pieces).toString()))
  })
}

import { readdirSync, readFileSync } from 'node:fs'
import type { AnyProbe } from '../../src/probes/define.js'

const folder = (path: string) => new URL(`../fixtures/${path}/`, import.meta.url)

/** The real captures of a probe, as the bytes that hosts sent for it. */
export function capturesOf(probe: AnyProbe): string[] {
  return readdirSync(folder(probe.name)).map((file) => readFileSync(new URL(file, folder(probe.name)), 'utf8'))
}

/** The recordings of whole hosts that one account made, by the name of what was broken there. */
export function recordingsOf(account: 'ops' | 'guest'): Map<string, string> {
  const here = folder(`recordings/${account}`)
  return new Map(readdirSync(here).map((file) => [file.replace('.txt', ''), readFileSync(new URL(file, here), 'utf8')]))
}

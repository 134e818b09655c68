import { createHash } from 'node:crypto'
import type { SudoMode } from '../inventory/host.js'
import type { AnyProbe } from '../probes/define.js'
import { quote, type Script } from '../shell.js'
import { defineElevation, rootShell } from './elevate.js'
import { prelude } from './prelude.js'

/** A probe with the script that it runs on this host. */
export interface PlannedProbe {
  probe: AnyProbe
  script: Script
}

/**
 * The command line that is run in the login shell, whichever that is. On standard input follow a line with the number of
 * the script's bytes, and the script; then it stays open until the round is done.
 */
export const roundCommand = `/bin/sh -c 'read -r n; eval "$(head -c "$n")"'`

/** What a round carries besides its probes. */
export interface RoundOptions {
  nonce: string
  /** As probes/env-digests.ts says; without one no digests are made. */
  digestKey?: string
  sudo: SudoMode
}

/**
 * One round as one POSIX sh script. Probes that need no right run first, then those that gain by root: directly as
 * root, or all of them under one sudo, or, where that is refused, with what the plain user may see. It ends as soon as
 * standard input does. The body is one function, so a script that arrives cut off does nothing.
 */
export function buildRound(planned: readonly PlannedProbe[], options: RoundOptions): string {
  const { nonce, digestKey = '', sudo } = options
  const words = [`fx=${quote(nonce)}`, 'unset fx_key', `fx_key=${digestKey}`]
  const library = [...words, prelude, defineProbes(planned), defineElevated('fx_elevated', planned)]
  const script = `fx_main() {
fx_lib=${quote(library.join('\n'))}
eval "$fx_lib"
${defineElevation(sudo)}
fx_asks=1 fx_root_how=fx_kept
fx_round() {
${runRound('fx_elevated', planned)}
}
fx_kept fx_round
}
fx_main
`
  return `${Buffer.byteLength(script)}\n${script}`
}

/** Whether all of what `buildRound` made has arrived. */
export function isWholeRound(input: string): boolean {
  const [size = '', ...script] = input.split('\n')
  return script.length > 0 && Buffer.byteLength(script.join('\n')) >= Number(size)
}

/** The functions that the probes of a round are, and those that they give to `as_user`. */
export function defineProbes(planned: readonly PlannedProbe[]): string {
  const libraries = new Set(planned.flatMap(({ probe }) => (probe.library ? [probe.library.text] : [])))
  return [
    ...libraries,
    ...planned.map(({ probe, script }) => `probe_${functionName(probe.name)}() {\n${script.text}\n}`),
  ].join('\n')
}

/** The function, by this name, that runs the probes which gain by root. */
export function defineElevated(name: string, planned: readonly PlannedProbe[]): string {
  return `${name}() {\n${runAll(planned.filter(({ probe }) => probe.elevated))}\n}`
}

/** What runs the probes of a round, given that all its functions are there. */
export function runRound(elevated: string, planned: readonly PlannedProbe[]): string {
  const plain = planned.filter(({ probe }) => !probe.elevated)
  return `${runAll(plain.filter(({ probe }) => !probe.runsLast))}
fx_elevate ${elevated}
${runAll(plain.filter(({ probe }) => probe.runsLast))}
printf '\\n%s done\\n' "$fx"`
}

function runAll(planned: readonly PlannedProbe[]): string {
  const calls = planned.map(
    ({ probe: { name, limits } }) => `run_probe ${functionName(name)} ${limits.seconds} ${limits.bytes}`,
  )
  return [':', ...calls].join('\n')
}

/** The one command line that is run by sudo or doas, word by word: the probes that gain by root come on its standard input. */
export const rootCommand = ['/bin/sh', '-c', rootShell, 'sh', 'fx_elevated'] as const

/** Probe names are kebab-case, functions of sh are not. */
export function functionName(probe: string): string {
  return probe.replaceAll('-', '_')
}

/** The SHA-256 of a script with its random words (the nonce, the key) taken out: the same for every run that would do the same. */
export function hashRound(script: string, ...random: readonly string[]): string {
  const plain = random.reduce((text, word) => text.replaceAll(word, ''), script)
  return createHash('sha256').update(plain).digest('hex')
}

import { createHash } from 'node:crypto'
import type { SudoMode } from '../inventory/host.js'
import type { AnyProbe } from '../probes/define.js'
import { quote, type Script } from '../shell.js'
import { prelude } from './prelude.js'

/** A probe with the script that it runs on this host. */
export interface PlannedProbe {
  probe: AnyProbe
  script: Script
}

/** The command line that is run in the login shell, whichever that is; the script follows on standard input. */
export const roundCommand = `/bin/sh -c 'eval "$(cat)"'`

/**
 * One round as one POSIX sh script. Probes that need no right run first, then those that gain by root: directly as
 * root, or all of them under one `sudo -n`, or, where sudo is refused, with what the plain user may see.
 * The body is one function, so a script that arrives cut off does nothing.
 */
export function buildRound(planned: readonly PlannedProbe[], options: { nonce: string; sudo: SudoMode }): string {
  const library = [`fx=${quote(options.nonce)}`, prelude, defineProbes(planned), defineElevated('fx_elevated', planned)]
  return `fx_main() {
fx_lib=${quote(library.join('\n'))}
eval "$fx_lib"
${runRound('fx_elevated', planned, options.sudo)}
}
fx_main
`
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
export function runRound(elevated: string, planned: readonly PlannedProbe[], sudo: SudoMode): string {
  const plain = planned.filter(({ probe }) => !probe.elevated)
  return `${runAll(plain.filter(({ probe }) => !probe.runsLast))}
${elevate(elevated, sudo)}
${runAll(plain.filter(({ probe }) => probe.runsLast))}
printf '\\n%s done\\n' "$fx"`
}

function runAll(planned: readonly PlannedProbe[]): string {
  const calls = planned.map(
    ({ probe: { name, limits } }) => `run_probe ${functionName(name)} ${limits.seconds} ${limits.bytes}`,
  )
  return [':', ...calls].join('\n')
}

function elevate(elevated: string, sudo: SudoMode): string {
  const plain = (state: string) => `printf '\\n%s right %s %s\\n' "$fx" "$(id -un)" ${state}; ${elevated}`
  if (sudo === 'never') return plain('"$([ "$fx_uid" = 0 ] && echo root || echo not-tried)"')
  return `if [ "$fx_uid" = 0 ]; then ${plain('root')}
elif ! has sudo; then ${plain(`'refused sudo is not installed'`)}
elif fx_said=$(sudo -n /bin/sh -c : 2>&1); then
  printf '\\n%s right %s sudo\\n' "$fx" "$(id -un)"
  printf '%s' "$fx_lib" | sudo -n /bin/sh -c "$fx_child_shell" sh ${elevated}
else ${plain('"refused $fx_said"')}
fi`
}

/** Probe names are kebab-case, functions of sh are not. */
export function functionName(probe: string): string {
  return probe.replaceAll('-', '_')
}

/** The SHA-256 of a script with its nonce taken out: the same for every run that would do the same. */
export function hashRound(script: string, nonce: string): string {
  return createHash('sha256').update(script.replaceAll(nonce, '')).digest('hex')
}

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
  const library = [
    `fx=${quote(options.nonce)}`,
    prelude,
    ...planned.flatMap(({ probe }) => (probe.library ? [probe.library.text] : [])),
    ...planned.map(({ probe, script }) => `probe_${functionName(probe.name)}() {\n${script.text}\n}`),
    `fx_elevated() {\n${runAll(planned.filter(({ probe }) => probe.elevated))}\n}`,
  ].join('\n')
  return `fx_main() {
fx_lib=${quote(library)}
eval "$fx_lib"
${runAll(planned.filter(({ probe }) => !probe.elevated))}
${elevate(options.sudo)}
printf '\\n%s done\\n' "$fx"
}
fx_main
`
}

function runAll(planned: readonly PlannedProbe[]): string {
  const calls = planned.map(
    ({ probe: { name, limits } }) => `run_probe ${functionName(name)} ${limits.seconds} ${limits.bytes}`,
  )
  return [':', ...calls].join('\n')
}

function elevate(sudo: SudoMode): string {
  const plain = (state: string) => `printf '\\n%s right %s %s\\n' "$fx" "$(id -un)" ${state}; fx_elevated`
  if (sudo === 'never') return plain('"$([ "$fx_uid" = 0 ] && echo root || echo not-tried)"')
  return `if [ "$fx_uid" = 0 ]; then ${plain('root')}
elif ! has sudo; then ${plain(`'refused sudo is not installed'`)}
elif fx_said=$(sudo -n /bin/sh -c : 2>&1); then
  printf '\\n%s right %s sudo\\n' "$fx" "$(id -un)"
  printf '%s' "$fx_lib" | sudo -n /bin/sh -c "$fx_child_shell" sh fx_elevated
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

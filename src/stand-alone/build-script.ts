import type { Capture } from '../collect/capture.js'
import { openCapture } from '../collect/capture.js'
import { plan } from '../collect/collect.js'
import { defineElevation } from '../collect/elevate.js'
import { prelude } from '../collect/prelude.js'
import { defineElevated, defineProbes, type PlannedProbe, runRound } from '../collect/script.js'
import type { SudoMode } from '../inventory/host.js'
import { type AnyProbe, isSecondRound } from '../probes/define.js'
import { probes, readFacts } from '../probes/index.js'
import { foundWords } from './found.js'

/** What the script is to be. */
export interface StandAloneOptions {
  version: string
  sudo: SudoMode
  /** How often each HTTP request is made. */
  samples?: number
  /** What the host said before: then the second round asks for exactly what is there. */
  after?: Capture
}

/**
 * The check of one host as a script that needs nobody: both rounds, of which the second builds on what the script itself
 * found in the first, or on what the host had said `after` an earlier one. POSIX sh that can be read: functions first,
 * and the one call that starts it in the last line, so that a script which was cut off does nothing.
 */
export function buildStandAlone({ version, sudo, samples = 1, after }: StandAloneOptions): string {
  const all: AnyProbe[] = Object.values(probes)
  const nothing = readFacts(openCapture())
  const first = plan(
    all.filter((probe) => !isSecondRound(probe)),
    nothing,
    { apps: [] },
  )
  const second = all.filter(isSecondRound)
  const later = after ? plan(second, readFacts(after), { apps: [], samples }) : planAlone(second)
  const asked = [...first, ...later].map(({ probe }) => probe.name)
  return `${describe(version)}
${prelude}
${defineElevation(sudo)}
fx_samples=${samples}
${foundWords}
${defineProbes([...first, ...later])}
${defineElevated('fx_elevated_first', first)}
${defineElevated('fx_elevated_second', later)}
fx_first_round() {
fx_here
${runRound('fx_elevated_first', first)}
}
fx_second_round() {
${runRound('fx_elevated_second', later)}
}
fx_main() {
  case $0 in /*) fx_file=$0 ;; *) fx_file=$OLDPWD/$0 ;; esac
  # A variable of this name in the environment does not count where there is a file: sudo may run that one alone.
  fx_text=$(cat "$fx_file" 2>/dev/null)
  case $fx_text in *"$fx_newline"fx_main) fleetdx=$fx_text ;; esac
  case $fleetdx in
    *"$fx_newline"fx_main) ;;
    *) echo 'fleetdx: save this script to a file, and run it with: sh FILE' >&2; return 2 ;;
  esac
  [ ! -t 1 ] || echo 'fleetdx: what follows is for fleetdx replay; to have it in a file: sh FILE >seen.txt' >&2
  # Frames begin with a word that nobody on this host can know.
  fx=@fleetdx-$(tr -d - </proc/sys/kernel/random/uuid)
  # Nor is there a key for digests of what does not leave the host.
  fx_key=
  fx_lib="fx=$fx$fx_newline"fx_key="$fx_newline\${fleetdx%fx_main}"
  printf '\\n%s output 1 %s %s\\n%s asked %s\\n' "$fx" ${version} "$(date +%s)" "$fx" '${asked.join(' ')}'
  fx_first=$(fx_first_round)
  printf '%s\\n' "$fx_first"
  fx_found=$(fx_find)
  fx_lib="$fx_lib
fx_found=$(printf '%s\\n' "$fx_found" | fx_quote)"
  fx_second_round
  printf '\\n%s over %s\\n' "$fx" "$(date +%s)"
}
fx_main
`
}

function planAlone(round: readonly AnyProbe[]): PlannedProbe[] {
  return round.flatMap((probe) => (probe.alone ? [{ probe, script: probe.alone }] : []))
}

function describe(version: string): string {
  return `#!/bin/sh
# fleetdx ${version}: gathers what tells why a web app behind a gateway gives 502 Bad Gateway, on a host that SSH cannot
# reach. It only reads: no file is written or changed, no daemon is started, no package is installed. It prints, and
# takes some seconds, at most two minutes.
#
#   sudo sh FILE >seen.txt               as root it sees all; without, it says what it could not see
#   sudo sh FILE | gzip -9 | base64      to copy the result from a screen, if no file can leave the host
#
# Then, where fleetdx is:  fleetdx replay seen.txt
#
# What it prints has no values of environment variables, but it has the last lines of logs as they are: look through
# it before you pass it on. fleetdx masks what looks like a secret when it reads it.
#
# How to read on: words that all use; what is asked, a function probe_NAME each; fx_main at the end runs them.`
}

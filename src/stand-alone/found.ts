import { sh } from '../shell.js'
import { findApps } from './find-apps.js'
import { findRequests } from './find-requests.js'

/**
 * What the stand-alone script itself finds in its first round, for the probes of its second: coarser than what the
 * parsers see, and enough for the faults that are common. It stands in `fx_found`, a line each, with tabs between:
 *
 *     folder UID CWD FOLDER      log UID LABEL PATH      place PATH      node PATH
 *     unit NAME                  certificate PATH               door ADDRESS PORT NAME
 *     errors PATH                request REQUEST URL ADDRESS PORT PATH NAME SOCKET       (- = none)
 *
 * - `found KIND`        the lines of a kind, without the kind
 * - `with_found KIND WORD …`  runs a word with all lines of a kind as its last arguments
 * - `each_folder WORD`  `WORD CWD FOLDER` for every folder of an app, with its owner's rights
 * - `each_log WORD`     `WORD LABEL PATH` for every log of an app, with its owner's rights
 */
export const foundWords = sh`
fx_tab=$(printf '\t')
fx_newline='
'
found() { printf '%s\n' "$fx_found" | sed -n "s/^$1$fx_tab//p"; }
with_found() {
  found_kind=$1; shift
  IFS=$fx_newline; set -f
  set -- "$@" $(found "$found_kind")
  unset IFS; set +f
  "$@"
}
each_folder() {
  found folder | while IFS=$fx_tab read -r found_uid found_cwd found_folder; do
    in_folder "$found_uid" "$found_cwd" "$1" "$found_cwd" "$found_folder" </dev/null
  done
}
each_log() {
  found log | while IFS=$fx_tab read -r found_uid found_label found_path; do
    found_folder=\${found_path%/*}
    in_folder "$found_uid" "\${found_folder:-/}" "$1" "$found_label" "$found_path" </dev/null
  done
}
fx_find() {
  printf '%s\n' "$fx_first" | ${findApps}
  printf '%s\n' "$fx_first" | ${findRequests}
}
fx_quote() { sed "s/'/'\\\\''/g; 1s/^/'/; \$s/\$/'/"; }
`

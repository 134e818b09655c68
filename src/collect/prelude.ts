import { joinScripts, sh } from '../shell.js'
import { keep } from './keep.js'

/**
 * The words that every probe's script may use, and the engine that runs the probes of a round, in POSIX sh: dash, bash
 * and busybox. Nothing here writes a file. Frames are lines that start with the run's nonce (`$fx`), which travels over
 * standard input and so is in no process list.
 *
 * - `part KIND LABEL`         what follows is about LABEL, until the next part
 * - `cannot REASON WHAT`      something could not be seen (REASON as in fact.ts)
 * - `has COMMAND`             whether a command is there
 * - `as_user UID GID WORD …`  runs a function or command with that user's rights: what belongs to a user is read as that
 *                             user, so that root follows no link of theirs to a secret, and runs no program of theirs
 * - `run_probe NAME SECONDS BYTES`  runs the function `probe_NAME` within its limits
 */
const words = sh`
LC_ALL=C LANG=C; export LC_ALL LANG
COLUMNS=10000 TERM=dumb NO_COLOR=1 PAGER=cat SYSTEMD_PAGER=; export COLUMNS TERM NO_COLOR PAGER SYSTEMD_PAGER
unset ENV BASH_ENV CDPATH http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
umask 077
cd / 2>/dev/null
fx_uid=$(id -u)
# A shell of another user gets these words over standard input, and then runs one of them.
fx_child_shell='fx_lib=$(cat); eval "$fx_lib"; "$@"'

has() { command -v "$1" >/dev/null 2>&1; }
fx_right() { printf '\n%s right %s %s\n' "$fx" "$(id -un)" "$*"; }
part() { printf '\n%s part %s\n' "$fx" "$*"; }
cannot() { printf '\n%s cannot %s\n' "$fx" "$*"; }

as_user() {
  fx_as_uid=$1 fx_as_gid=$2; shift 2
  if [ "$fx_uid" = "$fx_as_uid" ]; then "$@"; return; fi
  [ "$fx_uid" = 0 ] || return 126
  set -- /bin/sh -c "$fx_child_shell" sh "$@"
  if setpriv --reuid="$fx_as_uid" --regid="$fx_as_gid" --clear-groups true 2>/dev/null; then
    printf '%s' "$fx_lib" | setpriv --reuid="$fx_as_uid" --regid="$fx_as_gid" --clear-groups "$@"
  elif chroot --userspec="$fx_as_uid:$fx_as_gid" --groups="" / true 2>/dev/null; then
    printf '%s' "$fx_lib" | chroot --userspec="$fx_as_uid:$fx_as_gid" --groups="" / "$@"
  elif has su; then
    shift 3
    printf '%s' "$fx_lib" | su -s /bin/sh "$(id -nu "$fx_as_uid")" -c "$fx_child_shell" "$@"
  else
    return 126
  fi
}

fx_clock() { read -r fx_now fx_rest </proc/uptime; fx_now=\${fx_now%.*}\${fx_now#*.}0; }

run_probe() {
  printf '\n%s begin %s %s\n' "$fx" "$1" "$fx_uid"
  fx_clock; fx_start=$fx_now
  ( { ( "probe_$1" ); printf '\n%s exit %s\n' "$fx" "$?"; } </dev/null | head -c "$3" ) 2>/dev/null &
  fx_job=$!
  (
    fx_sleep='' fx_late=0
    trap 'kill $fx_sleep; exit $fx_late' TERM
    sleep "$2" & fx_sleep=$!
    wait $fx_sleep
    fx_late=9
    # What prints is ended first, and head, the last, by the end of its input: so it gives what it has.
    fx_children $fx_job
    trap '' TERM
    for fx_kid in \${fx_kids% *}; do ( fx_end_tree $fx_kid ); done
    trap 'kill $fx_sleep; exit $fx_late' TERM
    kill -0 $fx_job || exit 9
    sleep 1 & fx_sleep=$!
    wait $fx_sleep
    fx_end_tree $fx_job
    # If even that does not end it (a dead network disk), the waiting shell is woken.
    read -r fx_a fx_b fx_c fx_parent fx_rest </proc/self/stat
    [ "$fx_parent" = "$fx_shell" ] && kill -ALRM "$fx_shell"
    exit 9
  ) >/dev/null 2>&1 </dev/null &
  fx_dog=$!
  wait $fx_job 2>/dev/null
  kill -TERM $fx_dog 2>/dev/null
  fx_late=
  wait $fx_dog 2>/dev/null
  # 143: the job was done before the watchdog had even begun.
  case $? in 0 | 143) ;; *) fx_late=deadline ;; esac
  fx_clock
  printf '\n%s end %s %s %s\n' "$fx" "$1" "$((fx_now - fx_start))" "$fx_late"
}

# Names the shell that the watchdog wakes: this one, which may be a subshell of $$.
fx_here() { read -r fx_shell fx_rest </proc/self/stat; trap : ALRM; }
fx_here
`

export const prelude = joinScripts([keep, words]).text

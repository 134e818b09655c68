import { sh } from '../shell.js'

/**
 * What keeps a round from outliving whoever asked for it. Standard input stays open for as long as somebody waits for the
 * answer; when it ends (the other side gave up, the connection went, the process there was killed), all that the round
 * has started is ended, on every way that a round can be left.
 *
 * - `fx_kept WORD …`  runs a function or command for as long as standard input is open; what arrives there, it can read
 *
 * One process reads standard input, and passes lines on through a pipe. It is the first word of that pipe's, so it can be
 * ended when the work is done. The trees of other users (of root, under sudo) get a keeper of their own: their standard
 * input is a pipe that ends with this side's tree.
 */
export const keep = sh`
fx_children() {
  fx_kids=
  if [ -r "/proc/$1/task/$1/children" ]; then read -r fx_kids <"/proc/$1/task/$1/children"
  elif has pgrep; then fx_kids=$(echo $(pgrep -P "$1"))
  fi
} 2>/dev/null
# A process that is stopped starts no other while its children are ended.
fx_end_tree() {
  kill -STOP "$1"
  fx_children "$1"
  for fx_kid in $fx_kids; do ( fx_end_tree "$fx_kid" ); done
  kill -9 "$1"
} 2>/dev/null
# It is not stopped itself: it only waits, and whoever ends this half-way would leave it so.
fx_end_but() {
  fx_children "$1"
  for fx_kid in $fx_kids; do [ "$fx_kid" = "$2" ] || ( fx_end_tree "$fx_kid" ); done
} 2>/dev/null

# What a shell says of a process that was ended ("Killed") is for nobody.
fx_kept() { { fx_keep | fx_work "$@" 2>&3 3>&-; } 3>&2 2>/dev/null; }
fx_keep() {
  read -r fx_self fx_name fx_state fx_above fx_rest </proc/self/stat
  printf '%s\n' "$fx_self"
  while IFS= read -r fx_line; do printf '%s\n' "$fx_line"; done
  exec >/dev/null
  read -r fx_self fx_name fx_state fx_parent fx_rest </proc/self/stat
  # Where the shell above has gone, its number may be another's.
  [ "$fx_parent" = "$fx_above" ] || exit 0
  fx_end_but "$fx_above" "$fx_self"
  kill -9 "$fx_above"
}
fx_work() {
  read -r fx_keeper
  fx_here
  "$@"
  kill -9 "$fx_keeper"
}
`

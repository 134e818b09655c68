import type { SudoMode } from '../inventory/host.js'
import { sh } from '../shell.js'

/**
 * What a shell of root runs: it skips what sudo did not read before the library; without one, it does nothing. On one
 * line, so that a rule of sudoers or doas.conf can name it.
 */
export const rootShell =
  sh`while read -r fx_word fx_size fx_how; do [ "$fx_word" != @fleetdx-library ] || break; done; fx_lib=$(head -c "\${fx_size:-0}"); [ -z "$fx_lib" ] || { eval "$fx_lib"; $fx_how "$@"; }`
    .text

/**
 * How the probes that gain by root get it: `sudo -n`, or `doas -n`, or sudo with a password where the host says that it
 * wants one and there is somebody to ask (`$fx_asks`). Frames that it prints:
 *
 * - `right USER KIND`  how it went, as in capture.ts; after `refused`, the words of the tools that refused
 * - `asks sudo-password`  a line on standard input is awaited: `-` for none; the password, each byte as an octal escape
 *   of printf, after `=`, or after `+` where it was accepted here before
 * - `password accepted|refused|unused`  what became of it
 *
 * A password is never in an argument, the environment or a file: printf is a word of the shell itself, and sudo reads the
 * first line of its standard input. Whether it is right is found out with nothing behind that line, so that a wrong one
 * is tried once; -k keeps sudo from using or writing a timestamp. The tools are asked by the very command line
 * that is run later, so a rule for one is a rule for the other.
 */
const elevate = sh`
fx_root_shell=${rootShell}

fx_elevate() {
  fx_elevated=$1 fx_said='' fx_secret=''
  if [ "$fx_uid" = 0 ]; then fx_right root; "$fx_elevated"; return; fi
  if fx_try sudo -n; then fx_right sudo; fx_as_root sudo -n; return; fi
  fx_sudo=$fx_said
  if fx_try doas -n; then fx_right doas; fx_as_root doas -n; return; fi
  case $fx_sudo in
    *'password is required'* | *'authentication is required'* | *askpass* | *'required to read the password'*)
      if fx_ask; then fx_right sudo; fx_as_root sudo -k -S -p ''; return; fi ;;
  esac
  fx_right refused
  printf '%s' "$fx_said" | head -c 2000
  "$fx_elevated"
}

fx_try() {
  if ! has "$1"; then
    [ "$1" = sudo ] || return 1
    fx_words='sudo is not installed'
  elif fx_words=$("$@" /bin/sh -c "$fx_root_shell" sh "$fx_elevated" </dev/null 2>&1); then return
  fi
  fx_said="$fx_said$fx_words
"
  return 1
}

fx_ask() {
  [ -n "$fx_asks" ] || return 1
  printf '\n%s asks sudo-password\n' "$fx"
  read -r fx_secret
  case $fx_secret in '='* | '+'*) ;; *) fx_secret=''; return 1 ;; esac
  fx_how=\${fx_secret%"\${fx_secret#?}"} fx_secret=\${fx_secret#?}
  [ "$fx_how" = = ] || return 0
  if fx_words=$(printf '%b\n' "$fx_secret" |
    sudo -k -S -p '[fleetdx: %p]' /bin/sh -c "$fx_root_shell" sh "$fx_elevated" 2>&1); then
    printf '\n%s password accepted\n' "$fx"
    return
  fi
  fx_secret='' fx_said=$fx_words
  case $fx_words in
    *incorrect* | *'ry again'* | *'uthentication failed'* | *'uthentication failure'*) fx_words=refused ;;
    *) fx_words=unused ;;
  esac
  printf '\n%s password %s\n' "$fx" "$fx_words"
  return 1
}

# What follows the library keeps the pipe open: as soon as this side is ended, the other notices.
fx_as_root() {
  {
    fx_library | {
      read -r fx_holder
      "$@" /bin/sh -c "$fx_root_shell" sh "$fx_elevated" 2>&3 3>&-
      kill -9 "$fx_holder"
    }
  } 3>&2 2>/dev/null
  fx_secret=''
}
fx_library() {
  read -r fx_self fx_rest </proc/self/stat
  printf '%s\n' "$fx_self"
  [ -z "$fx_secret" ] || printf '%b\n' "$fx_secret"
  printf '@fleetdx-library %s %s\n' "$(printf '%s' "$fx_lib" | wc -c)" "$fx_root_how"
  printf '%s' "$fx_lib"
  [ -z "$fx_root_how" ] || while read -r fx_line; do :; done
}
`

const stay = sh`
fx_elevate() {
  if [ "$fx_uid" = 0 ]; then fx_right root; else fx_right not-tried; fi
  "$1"
}
`

/** The function `fx_elevate WORD`, which runs another with the right of root where that may be had. */
export function defineElevation(sudo: SudoMode): string {
  return (sudo === 'never' ? stay : elevate).text
}

import { joinScripts, sh } from '../../shell.js'
import { textDigestWord } from '../env-digests.js'

/**
 * The words by which the probes of Apache, Caddy and HAProxy look at a host. They print facts for read-output.ts:
 *
 *     ticks PER_SECOND BOOTED_SECONDS    master PID STARTTICKS    worker PID STARTTICKS PARENT    hidden PIDFILE
 *     binary PATH
 *
 * then the parts `version`, `unit` (systemd's word), `journal`, `file MTIME whole|cut PATH` for each file of the
 * configuration, and `found` with `absent PATH` for what it names and is not there, and `digest HEX PATH` of a file before its secrets are masked.
 *
 * A probe gives `gateway_title` (its name for a person), and two words of its own: `gateway_mentions FILE` reads the text
 * of a file and prints `include PATTERN` and `certificate PATH` lines for what it names; `gateway_mask` takes secrets out.
 * No gateway is started: only its `-v` is run, which prints, and only of a binary that nobody but root can have changed.
 */
const words = sh`
  gateway_open() {
    gateway_title=$1 gateway_spaces=$IFS gateway_newline='
'
    gateway_firm=$gateway_newline gateway_pid= gateway_owner=0 gateway_rank=0 gateway_started=0
  }

  # The process that no other of the same name has started. Of several root's counts, else this user's, else the youngest.
  gateway_find_process() {
    for gateway_dir in /proc/[0-9]*; do
      read -r gateway_comm <"$gateway_dir/comm" || continue
      case $gateway_comm in $1|\${2:-$1}) ;; *) continue ;; esac
      read -r gateway_stat <"$gateway_dir/stat" || continue
      gateway_nested= gateway_uid=
      while read -r gateway_key gateway_first gateway_second gateway_rest; do
        case $gateway_key in NSpid:) gateway_nested=$gateway_second ;; Uid:) gateway_uid=$gateway_first ;; esac
      done <"$gateway_dir/status"
      gateway_each=\${gateway_dir#/proc/}
      set -- "$1" "\${2:-$1}" \${gateway_stat##*) }
      gateway_parent=$4 gateway_ticks=\${22}
      gateway_above=
      read -r gateway_above <"/proc/$gateway_parent/comm"
      if [ -n "$gateway_nested" ]; then
        [ "$gateway_above" = "$gateway_comm" ] || cannot not-asked "$(gateway_a) that runs in a container (process $gateway_each)"
      elif [ "$gateway_above" = "$gateway_comm" ]; then
        printf 'worker %s %s %s\n' "$gateway_each" "$gateway_ticks" "$gateway_parent"
      else gateway_take_process
      fi
    done
    [ -n "$gateway_pid" ] && printf 'master %s %s\n' "$gateway_pid" "$gateway_started"
    while read -r gateway_key gateway_first gateway_rest; do
      [ "$gateway_key" = btime ] && printf 'ticks %s %s\n' "$(getconf CLK_TCK || echo 100)" "$gateway_first"
    done </proc/stat
  }

  gateway_a() { case $gateway_title in [AEIO]*) printf 'an %s' "$gateway_title" ;; *) printf 'a %s' "$gateway_title" ;; esac; }

  gateway_take_process() {
    case $gateway_uid in 0) gateway_new=3 ;; "$fx_uid") gateway_new=2 ;; *) gateway_new=1 ;; esac
    gateway_other=$gateway_each
    if [ "$gateway_new" -gt "$gateway_rank" ] ||
      { [ "$gateway_new" = "$gateway_rank" ] && [ "$gateway_ticks" -ge "$gateway_started" ]; }; then
      gateway_other=$gateway_pid
      gateway_pid=$gateway_each gateway_owner=$gateway_uid gateway_rank=$gateway_new gateway_started=$gateway_ticks
    fi
    [ -z "$gateway_other" ] || cannot not-asked "a second $gateway_title (process $gateway_other)"
  }

  gateway_say_hidden() {
    [ "$fx_uid" != 0 ] && [ ! -r /proc/1/stat ] || return
    cannot permission "the processes of other users, $gateway_title among them"
    for gateway_file; do
      [ -f "$gateway_file" ] && printf 'hidden %s\n' "$gateway_file" && break
    done
  }

  # The words of the process, a line each.
  gateway_arguments() { head -c 4096 "/proc/\${gateway_pid:-none}/cmdline" | tr '\0' '\n'; }

  # The program: of the process, else by its names.
  gateway_find_binary() {
    gateway_binary=
    for gateway_file in "$(readlink "/proc/\${gateway_pid:-none}/exe")" "$@"; do
      case $gateway_file in /*) ;; *) gateway_file=$(command -v "\${gateway_file:-none}") ;; esac
      gateway_file=\${gateway_file% (deleted)}
      case $gateway_file in /*) [ -f "$gateway_file" ] && [ -x "$gateway_file" ] && gateway_binary=$gateway_file && break ;; esac
    done
    printf 'binary %s\n' "$gateway_binary"
    [ -n "$gateway_binary" ]
  }

  gateway_is_roots() {
    gateway_of=$(stat -L -c '%u %A' "$1") || return 1
    case $gateway_of in "0 ?????w"*|"0 ????????w"*) return 1 ;; "0 "*) return 0 ;; esac
    return 1
  }

  gateway_show_version() {
    if gateway_is_roots "$gateway_binary" && gateway_is_roots "\${gateway_binary%/*}"; then
      part version
      # Some builds of Caddy make a folder in their home even for that: this home can have none.
      for gateway_word; do (HOME=/dev/null "$gateway_binary" "$gateway_word" 2>&1 | head -c 4096); done
    else cannot permission "the version of $gateway_title ($gateway_binary does not belong to root alone)"
    fi
  }

  gateway_is_absent() {
    [ -e "$1" ] && return 1
    # A plain user cannot tell a dangling link from one into a closed folder, unless the folder of its target is open.
    gateway_to=$1
    [ -L "$1" ] && gateway_to=$(readlink "$1")
    case $gateway_to in /*) ;; *) gateway_to=\${1%/*}/$gateway_to ;; esac
    gateway_above=\${gateway_to%/*}
    while [ -n "$gateway_above" ] && [ ! -d "$gateway_above" ]; do gateway_above=\${gateway_above%/*}; done
    [ -x "\${gateway_above:-/}" ]
  }

  # Prints the files and all that they include, each once; then what is not there.
  gateway_follow() {
    gateway_missing= gateway_next= gateway_seen=$gateway_newline gateway_count=0
    for gateway_file; do gateway_take_file "$gateway_file"; done
    while [ -n "$gateway_next" ]; do
      gateway_file=\${gateway_next%%"$gateway_newline"*}
      gateway_next=\${gateway_next#*"$gateway_newline"}
      gateway_print_file
      set --
      case $gateway_text in *[Ii][Nn][Cc][Ll][Uu][Dd][Ee]*|*[Cc]ertificate*|*import*|*tls*|*crt*)
        set -f; IFS=$gateway_newline
        set -- $(printf '%s\n' "$gateway_text" | gateway_mentions "$gateway_file" | head -n 1000)
        set +f; IFS=$gateway_spaces ;;
      esac
      for gateway_mention; do gateway_take_mention; done
    done
    part found
    printf '%s' "$gateway_missing"
  }

  gateway_take_mention() {
    gateway_path=\${gateway_mention#* }
    case $gateway_mention in
      "include "*[*?[]*)
        IFS=$gateway_newline; set -- $gateway_path; IFS=$gateway_spaces
        for gateway_path; do gateway_take_path; done ;;
      "include "*) gateway_take_path ;;
      *) gateway_note_absent "$gateway_path" ;;
    esac
  }

  # A folder means the files in it and below.
  gateway_take_path() {
    if [ ! -d "$gateway_path" ]; then
      case $gateway_path in *[*?[]*) [ -e "$gateway_path" ] || [ -L "$gateway_path" ] || return ;; esac
      gateway_take_file "$gateway_path"
      return
    fi
    for gateway_inner in "$gateway_path"/* "$gateway_path"/*/*; do
      [ -f "$gateway_inner" ] && gateway_take_file "$gateway_inner"
    done
  }

  gateway_note_absent() {
    gateway_is_absent "$1" && gateway_missing="$gateway_missing""absent $1$gateway_newline"
  }

  gateway_take_file() {
    case $gateway_seen in *"$gateway_newline$1$gateway_newline"*) return ;; esac
    gateway_seen=$gateway_seen$1$gateway_newline
    if gateway_note_absent "$1"; then return
    elif [ ! -f "$1" ] || [ ! -r "$1" ]; then cannot permission "the $gateway_title configuration $1"
    elif [ $gateway_count -ge 400 ]; then cannot size-limit "the $gateway_title configuration $1"
    else gateway_count=$((gateway_count + 1)) gateway_next=$gateway_next$1$gateway_newline
    fi
  }

  gateway_print_file() {
    # What follows the text keeps its last line ends, which $( ) would drop.
    gateway_text=$(gateway_read "$gateway_file" && stat -L -c 'x%Y %s' "$gateway_file")
    if [ -z "$gateway_text" ]; then cannot permission "the $gateway_title configuration $gateway_file"; return; fi
    gateway_stat=\${gateway_text##*x}
    gateway_text=\${gateway_text%x*}
    gateway_whole=whole
    [ "\${gateway_stat#* }" -gt 262144 ] && gateway_whole=cut
    part file "\${gateway_stat% *}" $gateway_whole "$gateway_file"
    printf '%s' "$gateway_text" | gateway_mask
    [ -z "$fx_key" ] || gateway_missing="$gateway_missing""digest $(text_digest "$gateway_text") $gateway_file$gateway_newline"
  }

  # What a user runs can name any file, so root reads it as that user. Of root's own, root reads what nobody else can have
  # put there; the rest is read as nobody.
  gateway_read() {
    if [ "$fx_uid" != 0 ]; then head -c 262144 "$1"
    elif [ "$gateway_owner" != 0 ]; then as_user "$gateway_owner" 65534 head -c 262144 "$1"
    elif gateway_is_firm "$1"; then head -c 262144 "$1"
    else as_user 65534 65534 head -c 262144 "$1"
    fi
  }

  # Whether nobody but root can have chosen what a path leads to: no folder on the way is a link or another user's, and
  # the file is root's, or a link of root's straight to such a file.
  gateway_is_firm() {
    gateway_is_firm_folder "\${1%/*}/" || return 1
    [ -L "$1" ] || { [ -O "$1" ]; return; }
    gateway_to=$(readlink "$1")
    case $gateway_to in /*) ;; *) gateway_to=\${1%/*}/$gateway_to ;; esac
    gateway_is_firm_folder "\${gateway_to%/*}/" && [ ! -L "$gateway_to" ] && [ -O "$gateway_to" ] && [ "$(stat -c %u "$1")" = 0 ]
  }

  gateway_is_firm_folder() {
    case $gateway_firm in *"$gateway_newline$1$gateway_newline"*) return 0 ;; esac
    gateway_step=$(cd "$1" && [ "$(pwd)" = "$(pwd -P)" ] && pwd) || return 1
    gateway_folder=$1
    set --
    while [ -n "$gateway_step" ] && [ "$gateway_step" != / ]; do set -- "$@" "$gateway_step"; gateway_step=\${gateway_step%/*}; done
    stat -c %u / "$@" | grep -qvx 0 && return 1
    gateway_firm=$gateway_firm$gateway_folder$gateway_newline
  }

  gateway_print_unit() {
    gateway_unit=$1.service
    while read -r gateway_line; do
      case $gateway_line in *"$1"*.service|*"\${2:-$1}"*.service) gateway_unit=\${gateway_line##*/} ;; esac
    done <"/proc/\${gateway_pid:-none}/cgroup"
    has systemctl && [ -d /run/systemd/system ] || return
    part unit "$gateway_unit"
    systemctl show "$gateway_unit" -p LoadState -p ActiveState -p Result -p UnitFileState --no-pager
    has journalctl || return
    gateway_said=$(journalctl -u "$gateway_unit" -n 20 --no-pager -o cat 2>&1 | head -c 16384)
    case $gateway_said in
      *"insufficient permissions"*|*"not seeing messages"*) cannot permission "the journal of $gateway_unit" ;;
      *) part journal "$gateway_unit"; printf '%s\n' "$gateway_said" ;;
    esac
  }
`

export const gatewayLibrary = joinScripts([textDigestWord, words])

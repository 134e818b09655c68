import { joinScripts, sh } from '../../shell.js'
import { textDigestWord } from '../env-digests.js'

/**
 * The shell functions that find nginx and read its configuration. They print facts for parse-output.ts:
 *
 *     master PID STARTTICKS TITLE      worker PID STARTTICKS PARENT      ticks PER_SECOND BOOTED_SECONDS
 *     binary PATH
 *     files PID LIMIT|- OPEN|-      (of a few workers: files that they may open, and have open)
 *
 *     hidden PIDFILE       (the processes cannot be seen, but nginx's pid file is there)
 *
 * then the parts `build` (nginx -V), `unit` (systemd's word), `journal`, `found` (`config PATH`, `prefix PATH`),
 * `file MTIME whole|cut PATH` for every file that is included, and `found` again (`absent PATH` for what the
 * configuration names and is not there, `dangling PATH` for a broken link that a glob meets, `digest HEX PATH` of a file before its secrets are masked, `idle PATH` for what is in sites-available and not enabled).
 * nginx itself is never started: `nginx -t` would create files. `-V` only prints, and only a binary that nobody but root
 * can have changed is run.
 */
const words = sh`
  nginx_find_processes() {
    nginx_master=
    for nginx_dir in /proc/[0-9]*; do
      read -r nginx_comm <"$nginx_dir/comm" || continue
      [ "$nginx_comm" = nginx ] || continue
      nginx_title=
      read -r nginx_title <"$nginx_dir/cmdline"
      read -r nginx_stat <"$nginx_dir/stat" || continue
      nginx_nested= nginx_uid=
      while read -r nginx_key nginx_first nginx_second nginx_rest; do
        case $nginx_key in NSpid:) nginx_nested=$nginx_second ;; Uid:) nginx_uid=$nginx_first ;; esac
      done <"$nginx_dir/status"
      nginx_pid=\${nginx_dir#/proc/}
      set -- \${nginx_stat##*) }
      nginx_parent=$2
      shift 19
      # A worker bears its master's title until it has found its own.
      case "$nginx_parent $nginx_title" in "$nginx_master nginx: master process"*) nginx_title="nginx: worker process" ;; esac
      case $nginx_nested,$nginx_title in
        ,"nginx: worker process") printf 'worker %s %s %s\n' "$nginx_pid" "$1" "$nginx_parent" ;;
        ?*,"nginx: master process"*) cannot not-asked "an nginx that runs in a container (process $nginx_pid)" ;;
        ,"nginx: master process"*)
          # What a user's process calls itself must not lead root to a file of that user's choice.
          case $nginx_uid in 0|"$fx_uid") nginx_is_ours=1 ;; *) nginx_is_ours= ;; esac
          if [ -n "$nginx_master_title" ] || { [ -n "$nginx_master" ] && [ -z "$nginx_is_ours" ]; }; then
            cannot not-asked "a second nginx (process $nginx_pid)"
            continue
          fi
          nginx_master=$nginx_pid nginx_owner=$nginx_uid
          [ -n "$nginx_is_ours" ] && nginx_master_title=$nginx_title
          printf 'master %s %s %s\n' "$nginx_pid" "$1" "$nginx_title" ;;
      esac
    done
    if [ "$fx_uid" != 0 ] && [ ! -r /proc/1/stat ]; then
      cannot permission "the processes of other users, nginx among them"
      for nginx_file in /run/nginx.pid /usr/local/nginx/logs/nginx.pid; do
        [ -f "$nginx_file" ] && printf 'hidden %s\n' "$nginx_file"
      done
    fi
    while read -r nginx_key nginx_first nginx_rest; do
      [ "$nginx_key" = btime ] && printf 'ticks %s %s\n' "$(getconf CLK_TCK || echo 100)" "$nginx_first"
    done </proc/stat
  }

  nginx_print_limits() {
    nginx_count=0
    for nginx_dir in /proc/[0-9]*; do
      read -r nginx_comm <"$nginx_dir/comm" && [ "$nginx_comm" = nginx ] && read -r nginx_stat <"$nginx_dir/stat" || continue
      set -- \${nginx_stat##*) }
      [ "$2" = "$nginx_master" ] && [ $nginx_count -lt 4 ] || continue
      nginx_count=$((nginx_count + 1)) nginx_limit=- nginx_open=-
      while read -r nginx_key nginx_first nginx_second nginx_rest; do
        [ "$nginx_key $nginx_first $nginx_second" = "Max open files" ] && nginx_limit=\${nginx_rest%% *}
      done <"$nginx_dir/limits"
      if [ -r "$nginx_dir/fd" ]; then set -- "$nginx_dir"/fd/*; [ "$1" = "$nginx_dir/fd/*" ] || nginx_open=$#; fi
      printf 'files %s %s %s\n' "\${nginx_dir#/proc/}" "\${nginx_limit:--}" "$nginx_open"
    done
  }

  nginx_read_arguments() {
    nginx_config= nginx_prefix= nginx_binary=
    set -f
    set -- $nginx_master_title
    set +f
    [ $# -gt 3 ] && nginx_binary=$4
    while [ $# -gt 1 ]; do
      case $1 in -c) nginx_config=$2 ;; -p) nginx_prefix=$2 ;; esac
      shift
    done
  }

  nginx_find_binary() {
    for nginx_file in "$(readlink "/proc/\${nginx_master:-none}/exe")" "$nginx_binary" "$(command -v nginx)" \
      /usr/sbin/nginx /usr/local/sbin/nginx /usr/local/nginx/sbin/nginx /usr/local/openresty/nginx/sbin/nginx \
      /opt/nginx/sbin/nginx /www/server/nginx/sbin/nginx; do
      nginx_file=\${nginx_file% (deleted)}
      case $nginx_file in /*) [ -f "$nginx_file" ] && [ -x "$nginx_file" ] && nginx_binary=$nginx_file && return ;; esac
    done
    nginx_binary=
    return 1
  }

  nginx_is_roots() {
    nginx_of=$(stat -L -c '%u %A' "$1") || return 1
    case $nginx_of in "0 ?????w"*|"0 ????????w"*) return 1 ;; "0 "*) return 0 ;; esac
    return 1
  }

  nginx_show_build() {
    if nginx_is_roots "$nginx_binary" && nginx_is_roots "\${nginx_binary%/*}"; then
      nginx_said=$("$nginx_binary" -V 2>&1 | head -c 16384)
    else
      cannot permission "the version of nginx ($nginx_binary does not belong to root alone)"
      return
    fi
    part build
    printf '%s\n' "$nginx_said"
    # What ./configure takes where it is not told.
    nginx_built_prefix=/usr/local/nginx nginx_built_config=
    set -f
    for nginx_word in $nginx_said; do
      case $nginx_word in
        --conf-path=*) nginx_built_config=\${nginx_word#*=} ;;
        --prefix=*) nginx_built_prefix=\${nginx_word#*=} ;;
      esac
    done
    set +f
    : "\${nginx_built_config:=$nginx_built_prefix/conf/nginx.conf}"
  }

  nginx_find_config() {
    : "\${nginx_prefix:=$nginx_built_prefix}"
    : "\${nginx_config:=$nginx_built_config}"
    case $nginx_config in '') ;; /*) ;; *) nginx_config=\${nginx_prefix:-/usr/share/nginx}/$nginx_config ;; esac
    [ -n "$nginx_config" ] && return
    for nginx_file in /etc/nginx/nginx.conf /usr/local/nginx/conf/nginx.conf /usr/local/openresty/nginx/conf/nginx.conf \
      /opt/nginx/conf/nginx.conf /www/server/nginx/conf/nginx.conf /usr/local/etc/nginx/nginx.conf; do
      [ -e "$nginx_file" ] && nginx_config=$nginx_file && return
    done
  }

  nginx_mentions() {
    awk '{
      sub(/^[ \t]*#.*/, ""); sub(/[ \t;{}]#.*/, ";")
      while (match($0, /(^|[ \t;{}])(include|ssl_certificate|ssl_certificate_key|ssl_trusted_certificate|ssl_client_certificate|ssl_dhparam|access_log|error_log)[ \t]+("[^"]*"|\047[^\047]*\047|[^ \t;{}"\047][^ \t;]*)([ \t][^;{}]*)?;/)) {
        found = substr($0, RSTART, RLENGTH); $0 = ";" substr($0, RSTART + RLENGTH)
        sub(/^[ \t;{}]/, "", found); sub(/[ \t]*;$/, "", found)
        word = found; sub(/[ \t].*/, "", word); sub(/^[^ \t]*[ \t]+/, "", found)
        if (found ~ /^["\047]/) { quote = substr(found, 1, 1); found = substr(found, 2); sub(quote ".*", "", found) }
        else sub(/[ \t].*/, "", found)
        if (found !~ /[$]/ && found !~ /^(data|engine|store):/ && count++ < 1000) print word " " found
      }
    }'
  }

  nginx_is_absent() {
    [ -e "$1" ] && return 1
    # A plain user cannot tell a dangling link from one into a closed folder, unless the folder of its target is open.
    nginx_target=$1
    [ -L "$1" ] && nginx_target=$(readlink "$1")
    case $nginx_target in /*) ;; *) nginx_target=\${1%/*}/$nginx_target ;; esac
    nginx_above=\${nginx_target%/*}
    while [ -n "$nginx_above" ] && [ ! -d "$nginx_above" ]; do nginx_above=\${nginx_above%/*}; done
    [ -x "\${nginx_above:-/}" ]
  }

  nginx_follow() {
    nginx_missing= nginx_next= nginx_root=\${nginx_config%/*} nginx_seen=$nginx_newline nginx_count=0
    nginx_take_file "$nginx_config"
    while [ -n "$nginx_next" ]; do
      nginx_file=\${nginx_next%%"$nginx_newline"*}
      nginx_next=\${nginx_next#*"$nginx_newline"}
      nginx_print_file
      set -f; IFS=$nginx_newline
      set --
      case $nginx_text in *include*|*ssl_*|*_log*) set -- $(printf '%s\n' "$nginx_text" | nginx_mentions) ;; esac
      set +f; IFS=$nginx_spaces
      for nginx_mention in "$@"; do nginx_take_mention; done
    done
  }

  nginx_take_mention() {
    nginx_path=\${nginx_mention#* }
    case $nginx_path in /*) ;; *) nginx_path=$nginx_root/$nginx_path ;; esac
    case $nginx_mention in
      "include "*[*?[]*)
        IFS=$nginx_newline; set -- $nginx_path; IFS=$nginx_spaces
        for nginx_path in "$@"; do
          if [ -L "$nginx_path" ] && nginx_is_absent "$nginx_path"; then
            nginx_missing="$nginx_missing""dangling $nginx_path$nginx_newline"
          elif [ -e "$nginx_path" ] || [ -L "$nginx_path" ]; then nginx_take_file "$nginx_path"
          fi
        done ;;
      "include "*) nginx_take_file "$nginx_path" ;;
      *_log\ /*) nginx_note_absent "\${nginx_path%/*}" ;;
      *_log\ *) ;;
      *) nginx_note_absent "$nginx_path" ;;
    esac
  }

  nginx_note_absent() {
    nginx_is_absent "$1" && nginx_missing="$nginx_missing""absent $1$nginx_newline"
  }

  nginx_take_file() {
    case $nginx_seen in *"$nginx_newline$1$nginx_newline"*) return ;; esac
    nginx_seen=$nginx_seen$1$nginx_newline
    if nginx_note_absent "$1" || [ -d "$1" ]; then return
    elif [ ! -f "$1" ] || [ ! -r "$1" ]; then cannot permission "the nginx configuration $1"
    elif [ $nginx_count -ge 400 ]; then cannot size-limit "the nginx configuration $1"
    else nginx_count=$((nginx_count + 1)) nginx_next=$nginx_next$1$nginx_newline
    fi
  }

  nginx_print_file() {
    # What follows the text keeps its last line ends, which $( ) would drop.
    nginx_text=$(nginx_read "$nginx_file" && stat -L -c 'x%Y %s' "$nginx_file")
    if [ -z "$nginx_text" ]; then cannot permission "the nginx configuration $nginx_file"; return; fi
    nginx_stat=\${nginx_text##*x}
    nginx_text=\${nginx_text%x*}
    nginx_whole=whole
    [ "\${nginx_stat#* }" -gt 262144 ] && nginx_whole=cut
    part file "\${nginx_stat% *}" $nginx_whole "$nginx_file"
    printf '%s' "$nginx_text" | nginx_mask
    [ -z "$fx_key" ] || nginx_missing="$nginx_missing""digest $(text_digest "$nginx_text") $nginx_file$nginx_newline"
  }

  nginx_read() {
    if [ "$fx_uid" != 0 ] || nginx_is_firm "$1"; then head -c 262144 "$1"
    else as_user 65534 65534 head -c 262144 "$1"
    fi
  }

  # Whether nobody but root can have chosen what a path leads to: no folder on the way is a link or another user's, and
  # the file is root's, or a link of root's straight to such a file.
  nginx_is_firm() {
    nginx_is_firm_folder "\${1%/*}/" || return 1
    [ -L "$1" ] || { [ -O "$1" ]; return; }
    nginx_to=$(readlink "$1")
    case $nginx_to in /*) ;; *) nginx_to=\${1%/*}/$nginx_to ;; esac
    nginx_is_firm_folder "\${nginx_to%/*}/" && [ ! -L "$nginx_to" ] && [ -O "$nginx_to" ] && [ "$(stat -c %u "$1")" = 0 ]
  }

  nginx_is_firm_folder() {
    case $nginx_firm in *"$nginx_newline$1$nginx_newline"*) return 0 ;; esac
    nginx_step=$(cd "$1" && [ "$(pwd)" = "$(pwd -P)" ] && pwd) || return 1
    nginx_folder=$1
    set --
    while [ -n "$nginx_step" ] && [ "$nginx_step" != / ]; do set -- "$@" "$nginx_step"; nginx_step=\${nginx_step%/*}; done
    stat -c %u / "$@" | grep -qvx 0 && return 1
    nginx_firm=$nginx_firm$nginx_folder$nginx_newline
  }

  nginx_mask() {
    sed -E 's/((set|add_header|[a-z]+_param|[a-z]+_set_header)[ \t]+[^ \t;]*(passw|secret|token|key|auth|credential|cookie)[^ \t;]*[ \t]+)("[^"$]*"|[^$;"[:space:]][^$;]*);/\1***;/I
      s/([a-z]+_param[ \t]+[^ \t;]*_(pass|pwd)[ \t]+)("[^"$]*"|[^$;"[:space:]][^$;]*);/\1***;/I
      s/(secure_link_(md5|secret)[ \t]+)[^;]*;/\1***;/I'
  }

  nginx_print_idle() {
    for nginx_file in "$nginx_root"/sites-available/*; do
      [ -f "$nginx_file" ] || continue
      nginx_is_on=
      for nginx_link in "$nginx_root"/sites-enabled/*; do
        [ "$nginx_file" -ef "$nginx_link" ] && nginx_is_on=1 && break
      done
      [ -n "$nginx_is_on" ] || printf 'idle %s\n' "$nginx_file"
    done | head -n 400
  }

  nginx_print_unit() {
    nginx_unit=nginx.service
    while read -r nginx_line; do
      case $nginx_line in *nginx*.service|*openresty*.service) nginx_unit=\${nginx_line##*/} ;; esac
    done <"/proc/\${nginx_master:-none}/cgroup"
    has systemctl && [ -d /run/systemd/system ] || return
    part unit "$nginx_unit"
    systemctl show "$nginx_unit" -p LoadState -p ActiveState -p Result -p UnitFileState --no-pager
    has journalctl || return
    nginx_said=$(journalctl -u "$nginx_unit" -n 20 --no-pager -o cat 2>&1 | head -c 16384)
    case $nginx_said in
      *"insufficient permissions"*|*"not seeing messages"*) cannot permission "the journal of $nginx_unit" ;;
      *) part journal "$nginx_unit"; printf '%s\n' "$nginx_said" ;;
    esac
  }
`

export const nginxLibrary = joinScripts([textDigestWord, words])

export const nginxScript = sh`
  nginx_spaces=$IFS nginx_newline='
  '
  nginx_firm=$nginx_newline nginx_master= nginx_master_title= nginx_built_prefix= nginx_built_config=
  nginx_find_processes
  [ -z "$nginx_master" ] || nginx_print_limits
  nginx_read_arguments
  nginx_find_binary
  nginx_exit=$?
  printf 'binary %s\n' "$nginx_binary"
  [ $nginx_exit = 0 ] && nginx_show_build
  nginx_print_unit
  nginx_find_config
  if [ -n "$nginx_master" ] && [ -z "$nginx_master_title" ]; then
    cannot not-asked "the configuration of an nginx that the user $nginx_owner runs (process $nginx_master)"
  elif [ -n "$nginx_config" ]; then
    part found
    printf 'config %s\nprefix %s\n' "$nginx_config" "$nginx_prefix"
    nginx_follow
    part found
    printf '%s' "$nginx_missing"
    nginx_print_idle
  fi
  :
`

import { sh } from '../../shell.js'

/**
 * Finds Caddy and prints its configuration, by the words of gateway/library.ts, and besides: `config PATH`, and
 * `loaded MTIME PATH` for the file in which Caddy keeps what it last took over. The admin API is not asked.
 */
export const caddyScript = sh`
  gateway_mentions() {
    awk -v folder="\${1%/*}" '
      { sub(/^[ \t]+/, "") }
      $1 == "import" && $2 !~ /[{]/ { print "include " absolute($2) }
      $1 == "tls" && $2 ~ /^\// { print "certificate " $2; if ($3 ~ /^\//) print "certificate " $3 }
      function absolute(path) { gsub(/"/, "", path); return path ~ /^\// ? path : folder "/" path }'
  }

  gateway_mask() {
    sed -E 's/^([ \t]*(header_up|header_down|header|request_header)[ \t]+[^ \t]*(auth|passw|secret|token|key|cookie|credential)[^ \t]*[ \t]+)[^{ \t].*/\1***/I
      s/^([ \t]*(acme_dns|dns)[ \t]+[^ \t{]+[ \t]+)[^{ \t].*/\1***/
      s/^([ \t]*[a-z_]*(passw|secret|token|_key)[a-z_]*[ \t]+)[^{ \t].*/\1***/I
      s/("[^"]*(auth|passw|passphrase|secret|token|key|cookie|credential|signature)[^"]*": ?)(\[("[^"]*",? ?)*\]|"[^"]*")/\1"***"/Ig
      s/[$]2[abxy][$][^ \t]+|JDJ[A-Za-z0-9+\/=]{40,}/***/g'
  }

  caddy_read_arguments() {
    caddy_config= caddy_resumes= caddy_before= caddy_how=
    set -f; IFS=$gateway_newline
    set -- $(gateway_arguments)
    set +f; IFS=$gateway_spaces
    for caddy_word; do
      case $caddy_before in --config|-config|-c) caddy_config=$caddy_word ;; esac
      case $caddy_word in
        --config=*|-config=*) caddy_config=\${caddy_word#*=} ;;
        --resume|-resume) caddy_resumes=1 ;;
        reverse-proxy|file-server|respond) caddy_how=$caddy_word ;;
      esac
      caddy_before=$caddy_word
    done
    caddy_folder=$(readlink "/proc/\${gateway_pid:-none}/cwd")
    case $caddy_config in ''|/*) ;; *) caddy_config=$caddy_folder/$caddy_config ;; esac
    [ -n "$caddy_config" ] || [ -z "$gateway_pid" ] || [ -n "$caddy_resumes" ] || caddy_config=$caddy_folder/Caddyfile
  }

  # Where the home of the one who runs it is known, Caddy keeps its running configuration there.
  caddy_find_saved() {
    caddy_who=$gateway_owner
    [ -n "$gateway_pid" ] || caddy_who=$(id -u caddy || echo 0)
    for caddy_home in $(getent passwd "$caddy_who" | cut -d: -f6) /var/lib/caddy; do
      caddy_saved=$caddy_home/.config/caddy/autosave.json
      [ -f "$caddy_saved" ] && printf 'loaded %s %s\n' "$(stat -c %Y "$caddy_saved")" "$caddy_saved" && return
    done
    caddy_saved=
  }

  gateway_open Caddy
  gateway_find_process caddy
  gateway_find_binary caddy /usr/local/bin/caddy
  gateway_exit=$?
  [ $gateway_exit = 0 ] || [ -n "$gateway_pid" ] || return 0
  gateway_say_hidden
  caddy_read_arguments
  caddy_find_saved
  [ -n "$gateway_pid" ] && printf 'user %s\n' "$(id -nu "$gateway_owner")"
  if [ -n "$caddy_how" ]; then cannot not-asked "the configuration of a Caddy that was started by 'caddy $caddy_how'"
  else
    [ -z "$caddy_resumes" ] || [ -z "$caddy_saved" ] || caddy_config=$caddy_saved
    for caddy_file in "$caddy_config" /etc/caddy/Caddyfile /etc/caddy/caddy.json /etc/caddy/config.json "$caddy_saved"; do
      caddy_config=
      [ -e "$caddy_file" ] && caddy_config=$caddy_file && printf 'config %s\n' "$caddy_config" && break
    done
  fi
  [ $gateway_exit = 0 ] && gateway_show_version version
  gateway_print_unit caddy
  # What a user of the name wrote into its home, root reads as that user.
  [ -n "$gateway_pid" ] || [ "$caddy_config" != "$caddy_saved" ] || gateway_owner=$caddy_who
  [ -n "$caddy_config" ] && gateway_follow "$caddy_config"
  :
`

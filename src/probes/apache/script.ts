import { sh } from '../../shell.js'

/**
 * Finds Apache and prints its configuration, by the words of gateway/library.ts. Besides: the part
 * `variables` (`NAME=VALUE` of envvars), in `version` also the modules compiled in, and the lines `define NAME`, `config PATH`,
 * `root FOLDER`. Secrets in headers and variables are masked.
 */
export const apacheScript = sh`
  gateway_mentions() {
    awk -v root="$apache_root" '
      { sub(/\r$/, ""); $0 = held $0; held = "" }
      /\\$/ { held = substr($0, 1, length($0) - 1); next }
      {
        sub(/^[ \t]+/, ""); word = tolower($1); $0 = substr($0, length($1) + 1); sub(/^[ \t]+/, ""); sub(/[ \t]+$/, "")
        kind = word ~ /^include(optional)?$/ ? "include" : word ~ /^sslcertificate(key)?file$/ ? "certificate" : ""
        if (kind == "" || $0 == "") next
        if (/^"/) { sub(/^"/, ""); sub(/".*/, "") } else sub(/[ \t].*/, "")
        if (/[$]/) next
        print kind " " (/^\// ? "" : root "/") $0
      }'
  }

  gateway_mask() {
    sed -E 's/^([ \t]*(RequestHeader|Header|SetEnv|Define)[ \t].*(auth|passw|secret|token|key|cookie|credential)[^ \t]*[ \t]+)[^ \t].*/\1***/I
      s/^([ \t]*[a-z]*(Password|Passphrase|DBDParams|Secret|Token)[a-z]*[ \t]+)[^ \t].*/\1***/I
      s/([ \t]secret=)[^ \t]+/\1***/I'
  }

  apache_read_arguments() {
    apache_config= apache_root= apache_before=
    set -f; IFS=$gateway_newline
    set -- $(gateway_arguments)
    set +f; IFS=$gateway_spaces
    for apache_word; do
      case $apache_before$apache_word in
        -f/*) apache_config=\${apache_word#-f} ;;
        -d/*) apache_root=\${apache_word#-d} ;;
        -D?*) printf 'define %s\n' "\${apache_word#-D}" ;;
      esac
      case $apache_word in -[fdD]) apache_before=$apache_word ;; *) apache_before= ;; esac
    done
  }

  apache_find_config() {
    for apache_file in "$apache_config" "$apache_root/conf/httpd.conf" "$apache_root/apache2.conf" \
      /etc/apache2/apache2.conf /etc/httpd/conf/httpd.conf /etc/apache2/httpd.conf /usr/local/apache2/conf/httpd.conf \
      /opt/bitnami/apache/conf/httpd.conf /usr/local/etc/apache24/httpd.conf; do
      [ -e "$apache_file" ] && apache_config=$apache_file && break
    done
    [ -e "$apache_config" ] || return
    apache_written=$(gateway_read "$apache_config" | awk 'tolower($1) == "serverroot" { gsub(/"/, "", $2); print $2; exit }')
    # What was compiled in is the folder of the configuration, or the one above.
    apache_compiled=\${apache_config%/*}
    case $apache_written in /*) apache_root=$apache_written ;; *) apache_root=\${apache_root:-\${apache_compiled%/conf}} ;; esac
    printf 'config %s\nroot %s\n' "$apache_config" "$apache_root"
  }

  gateway_open Apache
  gateway_find_process apache2 httpd
  gateway_find_binary apache2 httpd /usr/local/apache2/bin/httpd /opt/bitnami/apache/bin/httpd
  gateway_exit=$?
  [ $gateway_exit = 0 ] || [ -n "$gateway_pid" ] || return 0
  gateway_say_hidden /run/apache2/apache2.pid /run/httpd/httpd.pid /usr/local/apache2/logs/httpd.pid
  apache_read_arguments
  if apache_find_config; then
    part variables
    [ -f "\${apache_config%/*}/envvars" ] &&
      gateway_read "\${apache_config%/*}/envvars" | sed -n 's/^ *export  *\(APACHE_[A-Z_]*=[^"\\ ]*\)$/\1/p' | head -n 50
  fi
  [ $gateway_exit = 0 ] && gateway_show_version -v -l
  gateway_print_unit "\${gateway_binary##*/}" apache
  [ -n "$apache_config" ] && [ -e "$apache_config" ] && gateway_follow "$apache_config"
  :
`

import { sh } from '../../shell.js'

/**
 * Finds HAProxy and prints its configuration, by the words of gateway/library.ts, and besides: `config PATH` for each file
 * or folder that it is given, and `log PATH` for a file that it may log to by way of syslog. Its sockets are not asked.
 */
export const haproxyScript = sh`
  gateway_mentions() {
    awk '{ sub(/#.*/, "") } $1 == "bind" { for (i = 3; i < NF; i++) if ($i == "crt" && $(i + 1) ~ /^\//) print "certificate " $(i + 1) }'
  }

  gateway_mask() {
    sed -E 's/([ \t](insecure-)?password[ \t]+)[^ \t]+/\1***/
      s/^([ \t]*stats[ \t]+auth[ \t]+[^ \t:]+:)[^ \t]+/\1***/
      s/((set|add|replace)-header[ \t]+[^ \t]*(auth|passw|secret|token|key|cookie|credential)[^ \t]*[ \t]+)[^%].*/\1***/I
      s/^([ \t]*setenv[ \t]+[^ \t]*(auth|passw|secret|token|key)[^ \t]*[ \t]+).*/\1***/I'
  }

  # Prints the files that it is given by -f, each a line; without a process the usual one.
  haproxy_list_configs() {
    set -f; IFS=$gateway_newline
    set -- $(gateway_arguments)
    set +f; IFS=$gateway_spaces
    haproxy_before= haproxy_has=
    for haproxy_word; do
      case $haproxy_before$haproxy_word in
        -f/*) haproxy_has=1; printf '%s\n' "\${haproxy_word#-f}" ;;
      esac
      haproxy_before=; [ "$haproxy_word" = -f ] && haproxy_before=-f
    done
    [ -n "$haproxy_has" ] && return
    for haproxy_file in /etc/haproxy/haproxy.cfg /usr/local/etc/haproxy/haproxy.cfg; do
      [ -e "$haproxy_file" ] && printf '%s\n' "$haproxy_file" && return
    done
  }

  # A folder means its files of the name *.cfg.
  haproxy_follow() {
    set -f; IFS=$gateway_newline
    set -- $(haproxy_list_configs)
    set +f; IFS=$gateway_spaces
    haproxy_all=
    for haproxy_path; do
      printf 'config %s\n' "$haproxy_path"
      if [ -d "$haproxy_path" ]; then
        for haproxy_file in "\${haproxy_path%/}"/*.cfg; do
          [ -e "$haproxy_file" ] && haproxy_all=$haproxy_all$haproxy_file$gateway_newline
        done
      else haproxy_all=$haproxy_all$haproxy_path$gateway_newline
      fi
    done
    set -f; IFS=$gateway_newline
    set -- $haproxy_all
    set +f; IFS=$gateway_spaces
    [ $# = 0 ] || gateway_follow "$@"
  }

  gateway_open HAProxy
  gateway_find_process haproxy
  gateway_find_binary haproxy /usr/local/sbin/haproxy
  gateway_exit=$?
  [ $gateway_exit = 0 ] || [ -n "$gateway_pid" ] || return 0
  gateway_say_hidden /run/haproxy.pid /var/run/haproxy.pid
  for haproxy_file in /var/log/haproxy.log /var/log/haproxy/haproxy.log; do
    [ -f "$haproxy_file" ] && printf 'log %s\n' "$haproxy_file"
  done
  [ $gateway_exit = 0 ] && gateway_show_version -v
  gateway_print_unit haproxy
  part found
  haproxy_follow
  :
`

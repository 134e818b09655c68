import { sh } from '../../shell.js'
import { awkDigest } from '../env-digests.js'

const named =
  '^(pm2|nginx|openresty|apache2|httpd|caddy|haproxy|traefik|postgres|mysql|mariadb|mongo|redis|valkey)[^ ]*[.]service$'

/** Programs that run a web app, as words of an ExecStart line: also behind `env`, `bash -c` and version managers. */
const starts = `^ExecStart *=.*[/ =@"'](pm2|pm2-runtime|node|nodejs|next|npm|npx|yarn|pnpm|bun|bunx|deno|tsx)(["' ]|$)`

const properties = [
  ...['Id', 'Description', 'LoadState', 'ActiveState', 'SubState', 'Result', 'Type', 'User', 'WorkingDirectory'],
  ...['ExecStart', 'Environment', 'EnvironmentFiles', 'UnitFileState', 'FragmentPath', 'NRestarts', 'Restart'],
  ...['MainPID', 'ExecMainCode', 'ExecMainStatus', 'ExecMainStartTimestamp', 'ExecMainExitTimestamp'],
  ...['ActiveEnterTimestamp', 'InactiveEnterTimestamp', 'InactiveExitTimestamp', 'StateChangeTimestamp'],
  ...['MemoryMax', 'OOMPolicy', 'NeedDaemonReload'],
].join(',')

/** The words of an Environment= line, which systemd quotes; what it had to escape by a letter (\n, \x7f) has no digest. */
const readEnvironment = String.raw`${awkDigest}
    function tell(word, isOdd,  key) {
      key = word; sub(/=.*/, "", key)
      if (word ~ /^(PORT|HOST|HOSTNAME|NODE_ENV|PM2_HOME|PATH)=[A-Za-z0-9_.:\/@+-]*$/) print "EnvValue=" word
      else if (key ~ /^[A-Za-z_][A-Za-z0-9_]*$/) print "EnvKey=" key
      if (!isOdd && word ~ /^[A-Za-z_][A-Za-z0-9_]*=/) digest("EnvDigest=", key, substr(word, length(key) + 2))
    }
    !/^Environment=/ { print; next }
    {
      text = substr($0, 13); word = ""; quoted = 0; odd = 0
      for (i = 1; i <= length(text) + 1; i++) {
        c = substr(text, i, 1)
        if (c == "\\") { c = substr(text, ++i, 1); word = word c; if (c ~ /[A-Za-z0-9]/) odd = 1 }
        else if (c == "\"") quoted = !quoted
        else if (c == "" || (c == " " && !quoted)) { tell(word, odd); word = ""; odd = 0 }
        else word = word c
      }
    }`

/**
 * Words of sh, all prefixed by the probe's name. Of an environment only the names leave the host, with digests of the
 * values (env-digests.ts), and the values of those few variables that say where an app listens and which pm2 is meant.
 *
 * - `services_choose`  the units that matter: by name, by what their files start, by their processes, by failure
 * - `services_show`    what systemd says of them, in one call and in UTC, then the environment files and what is gone
 * - `services_openrc`  the same, as far as OpenRC keeps it in files: `openrc STATE yes|no NAME`
 * - `services_hooks`   what else may start pm2 at boot: `hook KIND yes|no|unknown USER PATH`
 */
export const servicesLibrary = sh`
services_choose() {
  {
    printf '%s\n' "$1" | awk '{ print ($1 ~ /[.]service$/ ? $1 " " $3 : $2 " " $4) }'
    ls /etc/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system | sed -n '/[.]service$/s/$/ -/p'
    grep -lsE ${starts} /etc/systemd/system/*.service /etc/systemd/system/*.service.d/*.conf /run/systemd/system/*.service \
      /run/systemd/transient/*.service /usr/local/lib/systemd/system/*.service /usr/lib/systemd/system/*.service \
      /lib/systemd/system/*.service | sed 's:[.]d/[^/]*$::; s:.*/::; s:$: start:'
    set -- $(grep -lE '^(node|next|npm|npx|yarn|pnpm|bun|deno|MainThread)' /proc/[0-9]*/comm | sed 's:comm$:cgroup:' | head -n 300)
    cat /dev/null "$@" | sed -n '/user@/d; s:^.*/\([^/]*[.]service\)\(/.*\)*$:\1 web:p'
  } | awk -v named=${named} '
    $2 == "web" { web[$1] = 1 }
    $2 == "start" && $1 ~ /@[.]service$/ { sub(/[.]service$/, "", $1); template[$1] = 1; next }
    { units[++n] = $1; if ($2 == "failed") failed[$1] = 1; if ($1 ~ named || $2 == "web" || $2 == "start") first[$1] = 1 }
    END {
      for (unit in web) print "web", unit
      for (i = 1; i <= n; i++) {
        prefix = units[i]; sub(/@.*/, "@", prefix)
        if (units[i] ~ /@[.]service$/ || seen[units[i]]++) continue
        if (units[i] in first || prefix in template) print "unit", units[i]
        else if (units[i] in failed) rest[++m] = units[i]
      }
      for (i = 1; i <= m; i++) print "unit", rest[i]
    }'
}
services_values() {
  { env_key; cat; } | awk -v until="$services_until" ${readEnvironment} | env_shorten
}
services_env() {
  if [ ! -e "$1" ]; then return
  elif [ -f "$1" ] && [ -r "$1" ]; then
    part env "$1"
    head -c 65536 "$1" | sed -n 's/^[ 	]*\(PORT\|HOST\|HOSTNAME\|NODE_ENV\|PM2_HOME\)=["'\'']*\([A-Za-z0-9_.:\/@-]*\)["'\'']*[ 	]*$/\1=\2/p'
    env_keys "$1" "$2" 1
  else cannot permission "the environment file $1"
  fi
}
services_show() {
  part units
  services_until=$(env_until)
  services_shown=$(TZ=UTC systemctl show --no-pager -p ${properties} "$@" | services_values)
  printf '%s\n' "$services_shown"
  printf '%s\n' "$services_shown" | sed -n 's/^EnvironmentFiles=\(\/[^*?]*\) (.*/\1/p' | sort -u | head -n 20 |
    while IFS= read -r services_file; do in_folder '' "\${services_file%/*}" services_env "$services_file" "$services_until" </dev/null; done
  part gone
  printf '%s\n' "$services_shown" | awk '
    /^ExecStart=/ && match($0, /path=\/[^ ;]*/) { print substr($0, RSTART + 5, RLENGTH - 5) }
    /^WorkingDirectory=!?\// { sub(/^[^\/]*/, ""); print }
    /^EnvironmentFiles=\/[^*?]* \(ignore_errors=no\)$/ { sub(/^[^\/]*/, ""); sub(/ \([^(]*$/, ""); print }
    /^EnvValue=PATH=/ { count = split(substr($0, 15), folders, ":"); for (i = 1; i <= count; i++) print folders[i] }' | sort -u | head -n 200 |
    while IFS= read -r services_path; do
      [ -e "$services_path" ] || ! is_gone "$services_path" || printf '%s\n' "$services_path"
    done
  part node
  printf '%s\n' "$services_shown" | sed -n 's/^EnvValue=PATH=//p' | sort -u | head -n 20 | while IFS= read -r services_path; do
    for services_folder in $(printf '%s' "$services_path" | tr ':' ' '); do
      [ -x "$services_folder/node" ] && { printf '%s\n' "$services_path"; break; }
    done
  done
}
services_openrc() {
  for services_file in /etc/init.d/*; do
    services_name=\${services_file##*/}
    printf '%s.service\n' "$services_name" | grep -qE ${named} || grep -qE '(node|npm|pm2|next) ' "$services_file" || continue
    services_state=stopped
    for services_is in started starting inactive failed; do
      [ ! -e "/run/openrc/$services_is/$services_name" ] || services_state=$services_is
    done
    services_enabled=no
    for services_level in /etc/runlevels/*/"$services_name"; do [ ! -e "$services_level" ] || services_enabled=yes; done
    printf 'openrc %s %s %s\n' "$services_state" "$services_enabled" "$services_name"
  done
}
services_user_units() {
  for services_file in "$2"/.config/systemd/user/*.service; do
    [ -f "$services_file" ] && grep -qE '^ExecStart *=.*pm2' "$services_file" || continue
    services_enabled=no
    for services_link in "$2"/.config/systemd/user/*.wants/"\${services_file##*/}"; do
      [ ! -L "$services_link" ] || [ ! -e "/var/lib/systemd/linger/$1" ] || services_enabled=yes
    done
    printf 'hook user-unit %s %s %s\n' "$services_enabled" "$1" "$services_file"
  done
}
services_cron() {
  [ -f "$2" ] && [ ! -L "$2" ] && [ -r "$2" ] || return
  awk -v user="$1" -v file="$2" '/^[ \t]*@reboot/ {
    print "hook crontab", (/pm2/ ? "yes" : "unknown"), (user == "" ? $2 : user), file }' "$2" | head -n 20
}
services_hooks() {
  for services_file in /etc/init.d/pm2*; do
    [ -f "$services_file" ] || continue
    services_name=\${services_file##*/} services_enabled=no
    for services_link in /etc/rc[2-5].d/S*"$services_name" /etc/runlevels/*/"$services_name"; do
      [ ! -e "$services_link" ] || services_enabled=yes
    done
    printf 'hook init.d %s - %s\n' "$services_enabled" "$services_file"
  done
  for services_file in /etc/rc.local /etc/rc.d/rc.local; do
    [ -f "$services_file" ] && [ ! -L "$services_file" ] && grep -qE '^[^#]*pm2' "$services_file" || continue
    printf 'hook rc.local %s - %s\n' "$([ -x "$services_file" ] && echo yes || echo no)" "$services_file"
  done
  for services_file in /etc/crontab /etc/cron.d/*; do services_cron '' "$services_file"; done
  for services_file in /var/spool/cron/crontabs/* /var/spool/cron/*; do services_cron "\${services_file##*/}" "$services_file"; done
  head -n 1000 /etc/passwd | while IFS=: read -r services_name services_x services_uid services_gid services_x services_home services_x; do
    [ -d "$services_home/.config/systemd/user" ] || continue
    as_user "$services_uid" "$services_gid" services_user_units "$services_name" "$services_home" </dev/null
  done
  [ "$fx_uid" = 0 ] || cannot permission "what other users have started at boot (crontabs, user units)"
}
`

export const servicesScript = sh`
  printf 'clock %s\n' "$(date '+%s')"
  if has systemctl && [ -d /run/systemd/system ]; then
    echo 'manager systemd'
    if services_all=$(systemctl list-units --all --plain --no-legend --no-pager --type=service 2>&1); then
      services_chosen=$(services_choose "$services_all")
      printf '%s\n' "$services_chosen" | sed -n '/^web /p'
      set -- $(printf '%s\n' "$services_chosen" | sed -n 's/^unit //p' | head -n 61)
      [ $# -lt 61 ] || cannot size-limit "all systemd units that matter: there are more than 60"
      [ $# = 0 ] || services_show "$@"
    else
      echo 'silent yes'
      cannot tool-missing "the systemd units ($(printf '%s' "$services_all" | head -n 1))"
    fi
  elif [ -d /run/openrc ]; then
    echo 'manager openrc'
    services_openrc
  else
    echo 'manager none'
  fi
  part hooks
  services_hooks
`

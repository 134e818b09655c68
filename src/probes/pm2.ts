import { joinScripts, sh } from '../shell.js'
import { defineProbe } from './define.js'
import { askLibrary } from './pm2/ask.js'
import { checkFilesLibrary } from './pm2/check-files.js'
import { filesLibrary } from './pm2/files.js'
import { parsePm2 } from './pm2/parse.js'
import { pm2FactsSchema } from './pm2/schema.js'

export type { Pm2App, Pm2Daemon, Pm2Facts } from './pm2/schema.js'

/**
 * `pm2_home PID UID GID HOME VERSION` (PID - where no daemon is alive): all about one PM2_HOME. The daemon is asked as its own
 * user, the files are read as the owner of the folder; of others, a plain user reads what everyone may.
 * `pm2_projects HOME` looks for the folders that `pm2 start ecosystem.config.js` was run in, once pm2 has forgotten them.
 * A title has only the room of the command line that it replaces: `pm2_whole_home START` finds the rest of a long folder.
 */
const homeLibrary = sh`
pm2_home() {
  part home "$4"
  pm2_node= pm2_path=
  printf 'pid %s\nuid %s\nversion %s\n' "$1" "$2" "$5"
  pm2_user=$(getent passwd "$2" || awk -F: -v uid="$2" '$3 == uid { print; exit }' /etc/passwd)
  pm2_folder=$(printf '%s\n' "$pm2_user" | cut -d: -f6)
  pm2_user=\${pm2_user%%:*}
  printf 'user %s\nfolder %s\n' "$pm2_user" "$pm2_folder"
  [ "$1" = - ] || pm2_daemon "$1" "$4"
  pm2_heir=$(awk -F: -v folder="\${4%/*}" '$6 == folder && $3 != 0 { print $3, $4; exit }' /etc/passwd)
  as_user \${pm2_heir:-$2 $3} pm2_unwritable "$4"
  if [ "$fx_uid" = 0 ] || [ "$fx_uid" = "$2" ]; then
    as_user "$2" "$3" pm2_command "$pm2_folder" "$pm2_node" "$pm2_path" || cannot tool-missing "pm2 with the rights of user $2 (setpriv or chroot)"
    as_user "$2" "$3" pm2_projects "$pm2_folder"
    [ "$1" = - ] || as_user "$2" "$3" pm2_check "$1" "$pm2_folder"
    [ "$1" = - ] || as_user "$2" "$3" pm2_ask "$1" "$4"
    pm2_owner=$(ls -ldn "$4" | awk '{ print $3, $4 }')
    as_user \${pm2_owner:-$2 $3} pm2_files "$4"
  else
    pm2_command "$pm2_folder" "$pm2_node" "$pm2_path"
    pm2_projects "$pm2_folder"
    [ "$1" = - ] || { echo 'answer not-allowed'; cannot permission "the apps of the pm2 daemon of \${pm2_user:-user $2} ($4)"; }
    pm2_files "$4"
  fi
}
pm2_projects() {
  for pm2_at in "$1" "$1"/* /var/www/* /srv/* /opt/*; do
    for pm2_file in "$pm2_at"/ecosystem.config.js "$pm2_at"/ecosystem.config.cjs; do
      if [ -f "$pm2_file" ]; then printf 'project %s\n' "$pm2_at"; break; fi
    done
  done | head -n 20
}
pm2_whole_home() {
  awk -v start="$1" '$4 == "00010000" && index($8, start) == 1 && sub(/\/rpc\.sock$/, "", $8) { print $8; exit }' /proc/net/unix
}
pm2_daemon() {
  pm2_node=$(readlink "/proc/$1/exe") && printf 'node %s\n' "$pm2_node"
  pm2_path=$(tr '\0' '\n' <"/proc/$1/environ" | sed -n 's/^PATH=//p' | head -n 1)
  pm2_zone=$(tr '\0' '\n' <"/proc/$1/environ" | sed -n 's/^TZ=\([A-Za-z0-9/_+-]*\)$/\1/p' | head -n 1)
  [ -z "$pm2_zone" ] || printf 'zone %s\n' "$(TZ=$pm2_zone date +%z)"
}
pm2_version() {
  pm2_package=$(readlink -f "$1"); pm2_package=\${pm2_package%/bin/pm2}/package.json
  [ -f "$pm2_package" ] && sed -n 's/^ *"version": *"\([0-9A-Za-z.-]*\)".*/command-version \1/p' "$pm2_package" | head -n 1
}
pm2_command() (
  for pm2_at in /usr/local/bin/pm2 /usr/bin/pm2 /bin/pm2; do
    if [ -x "$pm2_at" ]; then echo 'command pm2'; pm2_version "$pm2_at"; exit 0; fi
  done
  IFS=:
  for pm2_at in "\${2%/*}" $3 "$1"/.npm-global/bin "$1"/.local/bin "$1"/.volta/bin "$1"/.local/share/pnpm "$1"/.yarn/bin \
    "$1"/.bun/bin "$1"/.nvm/versions/node/*/bin "$1"/.asdf/shims "$1"/.local/share/fnm/node-versions/*/installation/bin; do
    if [ -x "$pm2_at/pm2" ]; then printf 'command %s\n' "$pm2_at/pm2"; pm2_version "$pm2_at/pm2"; exit 0; fi
  done
  exit 0
)`

/**
 * Daemons are found by the title that they give themselves, never by the pm2 command, which would start one. Then the
 * folders of daemons that are no more: of the users in /etc/passwd, those that units name, and where pm2 writes without HOME.
 * A daemon inside a container has another file system under the same names: it is named as not asked, not mixed in.
 */
const script = sh`
  printf 'zone %s\n' "$(date +%z)"
  ! has pm2 || echo 'installed yes'
  seen=
  for file in $(grep -lE '[G]od Daemon \(|[p]m2-(runtime|docker)' /proc/[0-9]*/cmdline); do
    pid=\${file#/proc/}; pid=\${pid%/cmdline}
    title=$(tr '\0' ' ' <"$file" | head -c 4096)
    set -- $(awk '/^Uid:/ { uid = $2 } /^Gid:/ { gid = $2 } /^NSpid:/ { depth = NF - 1 } END { print uid, gid, depth }' "/proc/$pid/status")
    [ $# -ge 2 ] || continue
    case $title in
      "PM2 v"*": God Daemon ("*)
        version=\${title#PM2 v}; version=\${version%%:*}
        home=\${title#*God Daemon (}
        case $home in *")"*) home=\${home%)*} ;; *) home=$(pm2_whole_home "\${home%% *}") ;; esac
        ;;
      *node*" "*/pm2-runtime" "* | *node*" "*/pm2-docker" "*)
        version=
        home=$(tr '\0' '\n' <"/proc/$pid/environ" | sed -n 's/^PM2_HOME=//p' | head -n 1)
        [ -n "$home" ] || home=$(awk -F: -v uid="$1" '$3 == uid { print $6; exit }' /etc/passwd)/.pm2
        ;;
      *) continue ;;
    esac
    if [ "\${3:-1}" -gt 1 ]; then
      cannot not-asked "the pm2 daemon of a container (process $pid, $home)"
      continue
    fi
    seen="$seen$home
"
    pm2_home "$pid" "$1" "$2" "$home" "$version"
  done
  {
    cut -d: -f6 /etc/passwd | sed 's:$:/.pm2:'
    printf '%s\n' /root/.pm2 /etc/.pm2 /var/www/.pm2 /home/*/.pm2
    grep -hsoE 'PM2_HOME=[^" ]+' /etc/systemd/system/*.service /lib/systemd/system/pm2*.service /etc/init.d/pm2* | cut -d= -f2
  } | sort -u | grep -vxF "$seen" | {
    hidden=
    while IFS= read -r home; do
      parent=\${home%/.pm2}
      if [ -d "$home" ]; then pm2_home - $(ls -ldn "$home" | awk '{ print $3, $4 }') "$home" "" </dev/null
      elif [ -d "$parent" ] && [ ! -x "$parent" ]; then hidden="$hidden $parent"
      fi
    done
    [ -z "$hidden" ] || cannot permission "whether there are pm2 folders in$hidden"
  }
`

export default defineProbe({
  name: 'pm2',
  title: 'pm2 and its apps',
  needs: {},
  elevated: true,
  limits: { seconds: 12, bytes: 1024 * 1024 },
  library: joinScripts([askLibrary, filesLibrary, checkFilesLibrary, homeLibrary]),
  script: () => script,
  facts: pm2FactsSchema,
  parse: parsePm2,
})

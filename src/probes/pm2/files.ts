import { sh } from '../../shell.js'

/**
 * `pm2_files HOME`, run as the owner of that folder: the id that pm2 noted, the apps that `pm2 save` stored, a line of
 * JSON each (dump.pm2 holds whole environments: only listed fields leave the host, and of those PORT alone is one), and
 * the end of pm2's own log. A link in a folder of root may have been put there by someone else: it is not followed.
 */
export const filesLibrary = sh`
pm2_is_file() { [ -f "$1" ] && { [ "$fx_uid" != 0 ] || [ ! -L "$1" ]; }; }
pm2_files() {
  if [ -d "$1" ] && [ ! -x "$1" ]; then cannot permission "the pm2 folder $1"; return 0; fi
  if pm2_is_file "$1/pm2.pid"; then part noted "$1"; head -c 20 "$1/pm2.pid"; fi
  if pm2_is_file "$1/dump.pm2"; then
    if [ -r "$1/dump.pm2" ]; then part saved "$1"; head -c 4194304 "$1/dump.pm2" | pm2_pick_saved
    else cannot permission "the saved apps $1/dump.pm2"
    fi
  fi
  if pm2_is_file "$1/pm2.log"; then
    if [ -r "$1/pm2.log" ]; then part log "$1"; tail -c 16384 "$1/pm2.log" | tail -n 60
    else cannot permission "the log $1/pm2.log"
    fi
  fi
}
pm2_pick_saved() {
  awk '
    function add(text) { sub(/^ +/, "", text); sub(/,\r?$/, "", text); app = app (app == "" ? "" : ", ") text }
    /^  \{/ { app = ""; open = 1 }
    /^    "(name|pm_exec_path|pm_cwd|pm_out_log_path|pm_err_log_path|PORT)": ["0-9]/ { add($0) }
    /^    "args": \[.+\]/ { add($0) }
    /^    "args": \[$/ { args = ""; inArgs = 1; hide = 0; next }
    inArgs && /^    \]/ { add("\"args\": [" args "]"); inArgs = 0 }
    inArgs {
      text = $0; sub(/^ +/, "", text); sub(/,$/, "", text)
      args = args (args == "" ? "" : ", ") (hide ? "\"***\"" : text)
      hide = tolower(text) ~ /^"-[^=]*(pass|secret|token|key|cred|auth)[^=]*"$/
    }
    /^  \}/ && open { print "{" app "}"; open = 0 }'
}`

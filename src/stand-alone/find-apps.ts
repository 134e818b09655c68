import { sh } from '../shell.js'

/** Keeps track of the section and the part that a line of the first round stands in. */
export const followFrames = sh`
    index($0, mark " ") == 1 {
      if ($2 == "begin") { probe = $3; kind = label = "" }
      else if ($2 == "part") { kind = $3; label = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ ?/, "", label) }
      next
    }`

/** Of which processes a web app can be one, by the kernel's name for them. */
export const isWeb = sh`/^(node|next|npm|yarn|pnpm|bun|deno|MainThread)/`

/**
 * Folders and logs of apps: of pm2's list, of what it had saved, of living processes. JSON is read by its keys; a value
 * that needs escapes is passed over.
 */
export const findApps = sh`awk -v mark="$fx" '
    function value(key,   found) {
      if (!match($0, "\"" key "\": ?\"[^\"\\\\]*\"")) return ""
      found = substr($0, RSTART, RLENGTH)
      sub(/^"[^"]*": ?"/, "", found); sub(/"$/, "", found)
      return found
    }
    function parent(path) { sub(/\/[^\/]*$/, "", path); return path == "" ? "/" : path }
    function say(kind, key, rest) { if (!seen[kind, key]++ && count[kind]++ < 40) print kind "\t" rest }
    function place(path) { if (path ~ /^\/./) say("place", path, path) }
    function folder(uid, cwd, own) { if (cwd ~ /^\/./) { place(cwd); say("folder", cwd SUBSEP own, uid "\t" cwd "\t" own) } }
    # A service that starts an app, or is not well.
    function keep_unit(   isApp) {
      isApp = command ~ /[\/ ="](node|nodejs|next|npm|npx|yarn|pnpm|bun|bunx|deno|tsx)([" ]|$)/ && command !~ /pm2/
      if (unit != "" && (isApp || state == "failed" || state == "activating")) say("unit", unit, unit)
      if (isApp) folder("", cwd, cwd)
      unit = state = result = command = cwd = ""
    }
    function log_of(uid, stream, path) {
      if (path !~ /^\/./ || path == "/dev/null") return
      place(parent(path))
      say("log", path, uid "\t{\"app\":\"" value("name") "\",\"home\":\"" home "\",\"stream\":\"" stream "\",\"path\":\"" path "\"}\t" path)
    }
    function app(cwd, script, out, error) {
      # A standalone server.js changes to its own folder.
      own = script ~ /\/server\.js$/ && (script ~ /\/standalone\// || index(script, cwd "/") != 1) ? parent(script) : cwd
      folder(uid, cwd, own); log_of(uid, "error", error); log_of(uid, "out", out)
    }
    ${followFrames}
    probe == "pm2" && kind == "home" {
      # The first of a part counts: a folder of a user can have a name that looks like a line of ours.
      if ($1 == "pid" && home != label) { home = label; uid = ""; place(home) }
      else if ($1 == "uid" && uid == "") uid = $2
      else if ($1 == "node") say("node", $2, $2)
      else if ($1 == "project") { sub(/^project /, ""); folder(uid, $0, $0) }
    }
    probe == "pm2" && kind == "apps" && !/"module":true/ { app(value("cwd"), value("script"), value("out"), value("error")) }
    probe == "pm2" && kind == "saved" {
      app(value("pm_cwd"), value("pm_exec_path"), value("pm_out_log_path"), value("pm_err_log_path"))
    }
    probe == "services" && kind == "units" {
      if ($0 == "") keep_unit()
      else if (/^Id=/) unit = substr($0, 4)
      else if (/^ActiveState=/) state = substr($0, 13)
      else if (/^Result=/) result = substr($0, 8)
      else if (/^ExecStart=/) command = $0
      else if (/^WorkingDirectory=\//) cwd = substr($0, 18)
    }
    probe == "processes" && kind == "rows" && $9 ~ ${isWeb} { web[$1] = 1 }
    probe == "processes" && kind == "uids" { uids[$1] = $2 }
    probe == "processes" && kind == "cgroups" && /(docker|libpod|containerd|crio|kubepods|lxc)/ { delete web[$1] }
    probe == "processes" && kind == "web" && $1 == "cwd" && $2 in web {
      pid = $2; sub(/^cwd [0-9]+ /, ""); sub(/ \(deleted\)$/, ""); folder(uids[pid], $0, $0)
    }'`

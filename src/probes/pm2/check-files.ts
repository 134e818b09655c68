import { sh } from '../../shell.js'

/**
 * Says of each ecosystem file that is given whether Node.js could load it, without running any of it: a file that counts as
 * an ES module by the package.json above it has no `module`, and any other has to compile. Prints `broken FILE<tab>FAULT`.
 * A file without a type that says `import` or `export` is left alone: newer versions of Node.js take it for a module.
 * Runs on whatever node the daemon runs on, so it is written in the JavaScript of 2015, without a single quote.
 */
const check = String.raw`
var fs = require("fs"), path = require("path"), vm = require("vm"), Module = require("module")
function typeAt(folder) {
  try { return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).type || "" } catch (e) { if (e.code !== "ENOENT") return "" }
  return folder === "/" ? "" : typeAt(path.dirname(folder))
}
function faultIn(file) {
  if (fs.statSync(file).size > 262144) return
  var text = fs.readFileSync(file, "utf8"), type = /cjs$/.test(file) ? "commonjs" : /mjs$/.test(file) ? "module" : typeAt(path.dirname(file))
  if (type === "module") return /^\s*module\.exports\s*=/m.test(text) ? "module is not defined in ES module scope" : undefined
  try { new vm.Script(Module.wrap(text.replace(/^#!.*/, "")), { filename: file }) } catch (e) {
    if (/import|export/i.test(e.message)) return
    return e.message + ((/:(\d+)$/m.exec(e.stack) || []).length ? " (line " + /:(\d+)$/m.exec(e.stack)[1] + ")" : "")
  }
}
process.argv.slice(1).forEach(function (file) {
  var fault
  try { fault = faultIn(file) } catch (e) { return }
  if (fault) console.log("broken " + file + "\t" + fault.split("\n")[0].slice(0, 300))
})
`.trim()

/**
 * `pm2_check PID FOLDER`, run as the daemon's own user: the ecosystem files where `pm2_projects` looks.
 * `pm2_unwritable HOME`, run as whom that folder should belong to: what there belongs to another user and may not be written.
 */
export const checkFilesLibrary = sh`
pm2_check() {
  pm2_exe=/proc/$1/exe pm2_at=$2
  set --
  for pm2_file in "$pm2_at"/ecosystem.config.*js "$pm2_at"/*/ecosystem.config.*js /var/www/*/ecosystem.config.*js /srv/*/ecosystem.config.*js /opt/*/ecosystem.config.*js; do
    [ $# -ge 20 ] || [ ! -f "$pm2_file" ] || set -- "$@" "$pm2_file"
  done
  [ $# = 0 ] || env -i "$pm2_exe" -e ${check} "$@"
}
pm2_unwritable() {
  echo 'writable asked'
  for pm2_at in "$1" "$1"/pm2.log "$1"/pm2.pid "$1"/rpc.sock "$1"/pub.sock "$1"/dump.pm2 "$1"/module_conf.json "$1"/touch "$1"/pids "$1"/logs "$1"/logs/*.log; do
    [ ! -e "$pm2_at" ] || [ -w "$pm2_at" ] || [ -O "$pm2_at" ] || printf 'unwritable %s %s\n' "$(stat -c %U "$pm2_at")" "$pm2_at"
  done | head -n 20
}`

import { sh } from '../../shell.js'

/**
 * Asks a pm2 daemon for its apps over its own socket (PM2_HOME/rpc.sock, the last argument), as `pm2 jlist` does, but
 * without what that command leaves behind: it starts no daemon and writes no file. One AMP message goes out, the call of
 * `getMonitorData`, and one comes back (pm2-axon, pm2-axon-rpc; the same from pm2 2 to 7). Prints a line of JSON an app,
 * only fields that are listed here: of the environment the names, digests of the values (env-digests.ts) in their order,
 * and the values that say where the app listens. The key of the digests is what it finds on its standard input.
 * Runs on whatever node the daemon runs on, so it is written in the JavaScript of 2015, without a single quote.
 * Exit codes: those of `words` below.
 */
const ask = String.raw`
var net = require("net"), fs = require("fs"), chunks = [], size = 0, key = ""
try { key = fs.readFileSync(0, "utf8") } catch (e) {}
function end(code) { process.exit(code) }
function frame(args) {
  var pieces = [Buffer.from([16 + args.length])]
  args.forEach(function (arg) {
    var body = Buffer.from(arg), head = Buffer.alloc(4)
    head.writeUInt32BE(body.length, 0)
    pieces.push(head, body)
  })
  return Buffer.concat(pieces)
}
function short(value) { return typeof value === "string" ? value.slice(0, 1024) : value }
function list(value) { return Array.isArray(value) ? value.slice(0, 64).map(String).map(short) : typeof value === "string" ? [short(value)] : [] }
function mask(args) { return args.map(function (arg, at) { return at > 0 && /^-.*(pass|secret|token|key|cred|auth)[^=]*$/i.test(args[at - 1]) ? "***" : arg }) }
function digest(value) {
  if (!key || !/^(string|number|boolean)$/.test(typeof value)) return null
  try { return require("crypto").createHash("sha256").update(key + "\n" + value).digest("hex").slice(0, 12) } catch (e) { return null }
}
function real(path) { try { return fs.realpathSync(path) } catch (e) { return null } }
function release(cwd) {
  var found = /^(.*)\/releases\/[^\/]+/.exec(cwd || ""), link = found ? found[1] + "/current" : (/^.*\/current(?=\/|$)/.exec(cwd || "") || [])[0]
  try { if (!link || !fs.lstatSync(link).isSymbolicLink()) return } catch (e) { return }
  return { link: short(link), leadsTo: short(real(link)), linked: Math.round(fs.lstatSync(link).mtime.getTime()), folder: short(real(cwd)) }
}
function app(p) {
  var e = p.pm2_env || {}, env = e.env || {}, monit = p.monit || {}, names = Object.keys(env).slice(0, 300)
  return {
    id: p.pm_id, name: short(p.name), pid: p.pid, status: e.status, restarts: e.restart_time, unstable: e.unstable_restarts,
    started: e.pm_uptime, created: e.created_at, exitCode: e.exit_code, script: short(e.pm_exec_path), cwd: short(e.pm_cwd),
    args: mask(list(e.args)), mode: e.exec_mode, instances: e.instances, interpreter: short(e.exec_interpreter), node: e.node_version,
    out: short(e.pm_out_log_path), error: short(e.pm_err_log_path), autorestart: e.autorestart, watch: !!e.watch,
    maxMemory: e.max_memory_restart, memory: monit.memory, cpu: monit.cpu, port: env.PORT, hostname: env.HOSTNAME || env.HOST,
    nodeEnv: env.NODE_ENV, envKeys: names.map(short), envDigests: names.map(function (name) { return digest(env[name]) }), module: !!e.pmx_module, pm2: e._pm2_version,
    waitReady: !!e.wait_ready, listenTimeout: e.listen_timeout, stopCodes: e.stop_exit_codes, cron: short(e.cron_restart), release: release(e.pm_cwd)
  }
}
function read(buffer) {
  if (buffer.length < 5 || buffer.length < 5 + buffer.readUInt32BE(1)) return
  var reply
  try { reply = JSON.parse(buffer.toString("utf8", 7, 5 + buffer.readUInt32BE(1))) } catch (e) { return end(24) }
  if (!reply.args || !Array.isArray(reply.args[0])) return end(24)
  var lines = reply.args[0].slice(0, 300).map(function (p) { return JSON.stringify(app(p)) + "\n" })
  process.stdout.write(lines.join(""), function () { end(0) })
}
setTimeout(end, 2500, 20)
net.connect(process.argv[process.argv.length - 1])
  .on("error", function (e) { end({ EACCES: 21, EPERM: 21, ENOENT: 22, ECONNREFUSED: 23 }[e.code] || 24) })
  .on("close", function () { setTimeout(end, 100, 24) })
  .on("connect", function () { this.write(frame(["j:" + JSON.stringify({ type: "call", method: "getMonitorData", args: [{}] }), "s:fleetdx:0"])) })
  .on("data", function (chunk) {
    size += chunk.length
    if (size > 33554432) return end(25)
    chunks.push(chunk)
    read(chunks.length === 1 ? chunk : (chunks = [Buffer.concat(chunks)])[0])
  })
`.trim()

/** `pm2_ask PID HOME`, run as the daemon's own user: /proc/PID/exe is its node, even when that file has been replaced. */
export const askLibrary = sh`
pm2_ask() {
  [ -S "$2/rpc.sock" ] || { echo 'answer no-socket'; cannot connection-lost "the apps of the pm2 daemon $1: its socket $2/rpc.sock is gone"; return 0; }
  pm2_out=$(printf '%s' "$fx_key" | env -i PATH="$PATH" "/proc/$1/exe" -e ${ask} "$2/rpc.sock")
  case $? in
    0) echo 'answer answered'; part apps "$2"; printf '%s\n' "$pm2_out" ;;
    20) echo 'answer silent'; cannot deadline "the apps of the pm2 daemon $1 ($2): it does not answer" ;;
    21 | 126) echo 'answer not-allowed'; cannot permission "the apps of the pm2 daemon $1 ($2)" ;;
    22) echo 'answer no-socket'; cannot connection-lost "the apps of the pm2 daemon $1: its socket $2/rpc.sock is gone" ;;
    23) echo 'answer refused'; cannot connection-lost "the apps of the pm2 daemon $1: nothing listens on $2/rpc.sock" ;;
    25) echo 'answer unreadable'; cannot size-limit "the apps of the pm2 daemon $1 ($2)" ;;
    *) echo 'answer unreadable'; cannot unparsable "the apps of the pm2 daemon $1 ($2)" ;;
  esac
}`

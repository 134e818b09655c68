import { z } from 'zod'
import { ParseError } from '../errors.js'
import { sh } from '../shell.js'
import { defineProbe, type Section } from './define.js'
import { KeyLines } from './key-lines.js'

const processSchema = z.object({
  pid: z.number(),
  ppid: z.number(),
  uid: z.number(),
  /** The name of `uid`; the number in digits where it has none. */
  user: z.string(),
  /** One letter of the kernel: R, S, D, Z, T, I. */
  state: z.string(),
  /** A process that pm2 started leads a session of its own: all that descends from it keeps its id, orphans too. */
  sessionId: z.number(),
  /** Epoch milliseconds. */
  startedMs: z.number().nullable(),
  rssBytes: z.number(),
  /** Of one core, averaged over the life of the process. */
  cpuPercent: z.number().nullable(),
  /** The kernel's name for it, at most 15 characters. */
  name: z.string(),
  /** The command line of what concerns a web app; '' for the rest. */
  args: z.string(),
  /** The folder of a web process, where it may be read; ends in ' (deleted)' as the kernel says it. */
  cwd: z.string().nullable(),
  /** The systemd unit or container of its cgroup: `pm2-deploy.service`, `docker-<id>`. */
  unit: z.string().nullable(),
  /** The app's name when pm2 started it, even if pm2 has lost it; web processes only. */
  pm2App: z.string().nullable(),
  /** `net:[4026531840]`, of web processes, where it may be read. */
  networkNamespace: z.string().nullable(),
})

const processesFactsSchema = z.object({
  /** /proc is mounted with hidepid: the processes of others are not shown to a plain user. */
  hidesOthers: z.boolean(),
  processes: z.array(processSchema),
})

export type ProcessesFacts = z.infer<typeof processesFactsSchema>

/**
 * Kernel threads are left out. A row: pid, w (concerns a web app) or -, state, ppid, session, ticks used, start tick,
 * resident pages, name. The name may hold spaces and parentheses: it ends at the last one.
 * A shell counts as web when its parent does: it is npm's `sh -c next start -p 3000`.
 */
const rows = sh`awk '
  {
    rest = $0; sub(/.*\) /, "", rest); split(rest, f, " ")
    pid = $1; name = $0; sub(/^[0-9]+ \(/, "", name); sub(/\) [^)]*$/, "", name)
    if (pid == 2 || f[2] == 2) next
    names[pid] = name; parent[pid] = f[2]; order[++n] = pid
    row[pid] = f[1] " " f[2] " " f[4] " " f[12] + f[13] " " f[20] " " f[22] " " name
    if (name ~ /node|MainThread|^(next|npm|npx|pnpm|yarn|bun|deno|PM2 v|pm2|tsx|nginx|openresty|apache|httpd|caddy|haproxy|traefik|envoy|php|python|gunicorn|uvicorn|uwsgi|java|ruby|puma|docker-proxy)/) web[pid] = 1
  }
  END {
    for (i = 1; i <= n; i++) {
      pid = order[i]
      print pid, (pid in web || (names[pid] ~ /^(sh|bash|dash|ash)$/ && parent[pid] in web)) ? "w" : "-", row[pid]
    }
  }'`

/**
 * pm2 gives an app its name in the environment, and the workers of a cluster all they need as JSON in `pm2_env`.
 * Round trips to the kernel are few and forks fewer: one `cat`, `grep` or `head` reads a file of all processes.
 */
const script = sh`
  printf 'clock %s\nbooted %s\n' "$(date +%s)" "$(awk '$1 == "btime" { print $2 }' /proc/stat)"
  printf 'ticks %s\npage %s\n' "$(getconf CLK_TCK || echo 100)" "$(getconf PAGESIZE || echo 4096)"
  if [ "$fx_uid" != 0 ] && grep -qE '^[^ ]+ /proc proc .*hidepid=([124]|noaccess|invisible|ptraceable)' /proc/mounts; then
    echo 'hidepid yes'
    cannot permission "the processes of other users (/proc is mounted with hidepid)"
  fi
  rows=$(cat /proc/[0-9]*/stat | ${rows})
  part rows
  printf '%s\n' "$rows"
  part uids
  uids=$(grep -H '^Uid:' /proc/[0-9]*/status | awk '{ split($1, f, "/"); print f[3], $2 }')
  printf '%s\n' "$uids"
  part users
  if has getent; then getent passwd $(printf '%s\n' "$uids" | awk '!seen[$2]++ && n++ < 200 { print $2 }')
  else head -n 200 /etc/passwd
  fi | cut -d: -f1,3
  part cgroups
  grep -HE ':(name=systemd)?:/.' /proc/[0-9]*/cgroup |
    awk '{ pid = $0; sub(/^\/proc\//, "", pid); sub(/\/.*/, "", pid); sub(/^[^:]*:[^:]*:[^:]*:/, ""); if (!seen[pid]++) print pid, $0 }'
  set -- $(printf '%s\n' "$rows" | awk '$2 == "w" && n++ < 200 { print $1 }')
  [ $# -lt 200 ] || cannot size-limit "the command lines of all web processes: there are more than 200"
  files=; for pid; do files="$files /proc/$pid/cmdline"; done
  part args
  head -c 600 /dev/null $files | tr '\0' ' '
  part web
  hidden=
  for pid; do
    if cwd=$(readlink "/proc/$pid/cwd"); then printf 'cwd %s %s\n' "$pid" "$cwd"
    elif [ -d "/proc/$pid" ]; then hidden=yes
    fi
    net=$(readlink "/proc/$pid/ns/net") && printf 'net %s %s\n' "$pid" "$net"
    tr '\0' '\n' <"/proc/$pid/environ" | awk -v pid="$pid" '
      /^pm_id=/ { started = 1 } /^name=/ && name == "" { name = substr($0, 6) }
      /^pm2_env=/ && match($0, /"name":"[^"]+"/) { started = 1; name = substr($0, RSTART + 8, RLENGTH - 9) }
      END { if (started && name != "") print "app", pid, name }'
  done
  [ -z "$hidden" ] || cannot permission "the folders and pm2 names of web processes of other users"
`

export default defineProbe({
  name: 'processes',
  title: 'the processes',
  needs: {},
  elevated: true,
  limits: { seconds: 8, bytes: 1024 * 1024 },
  script: () => script,
  facts: processesFactsSchema,
  parse: parseProcesses,
})

type Process = z.infer<typeof processSchema>

/** Something of each process, by its id. */
type ByPid = Map<string, string>

function parseProcesses({ text, parts }: Section): ProcessesFacts {
  const part = (kind: string) => parts.find((each) => each.kind === kind)?.text ?? ''
  const readClocked = rowReader(new KeyLines(text))
  const web = new KeyLines(part('web'))
  const uids = readPairs(part('uids').split('\n'))
  const users = readPairs(
    part('users')
      .split('\n')
      .map((line) => line.replace(/^(.*):(\d+)$/, '$2 $1')),
  )
  const cgroups = readPairs(part('cgroups').split('\n'))
  const args = readArgs(part('args'))
  const [cwds, nets, apps] = [readPairs(web.all('cwd')), readPairs(web.all('net')), readPairs(web.all('app'))]
  const processes = part('rows')
    .split('\n')
    .flatMap((line): Process[] => {
      const row = readClocked(line)
      const pid = String(row?.pid)
      const uid = uids.get(pid)
      // A process without a uid ended while the host was looked at.
      if (row === undefined || uid === undefined) return []
      return [
        {
          ...row,
          uid: Number(uid),
          user: users.get(uid) ?? uid,
          args: args.get(pid) ?? '',
          cwd: cwds.get(pid) ?? null,
          unit: readUnit(cgroups.get(pid) ?? ''),
          pm2App: apps.get(pid) ?? null,
          networkNamespace: nets.get(pid) ?? null,
        },
      ]
    })
  if (processes.length === 0) throw new ParseError('no processes', text.split('\n')[0])
  return { hidesOthers: /^hidepid yes$/m.test(text), processes }
}

/** Reads rows by the host's clock and units; undefined for a line that is no whole row. */
function rowReader(host: KeyLines) {
  const [nowMs, bootedMs] = [(host.number('clock') ?? 0) * 1000, (host.number('booted') ?? Number.NaN) * 1000]
  const [ticksPerSecond, pageBytes] = [host.number('ticks') ?? 100, host.number('page') ?? 4096]
  return (line: string) => {
    // sample: 1234 w S 1200 1234 5120 8123456 24310 next-server (v1
    const match = /^(\d+) [w-] (\w) (\d+) (\d+) (\d+) (\d+) (\d+) (.*)$/.exec(line)
    if (!match) return undefined
    const num = (at: number) => Number(match[at])
    const [pid, ppid, sessionId, usedTicks, startTick, pages] = [num(1), num(3), num(4), num(5), num(6), num(7)]
    const startedMs = bootedMs + (startTick / ticksPerSecond) * 1000
    const usedMs = (usedTicks / ticksPerSecond) * 1000
    return {
      ...{ pid, ppid, state: match[2] ?? '', sessionId, name: match[8] ?? '', rssBytes: pages * pageBytes },
      startedMs: Number.isNaN(startedMs) ? null : Math.round(startedMs),
      cpuPercent: startedMs < nowMs ? Math.round((1000 * usedMs) / (nowMs - startedMs)) / 10 : null,
    }
  }
}

/** Lines of a key, a space, and a value that may hold spaces. */
function readPairs(lines: readonly string[]): ByPid {
  return new Map(
    lines.filter((line) => line.includes(' ')).map((line) => [line.replace(/ .*/, ''), line.replace(/^\S+ /, '')]),
  )
}

function readArgs(text: string): ByPid {
  // sample: ==> /proc/1234/cmdline <==
  const pieces = text.split(/^==> \/proc\/(\d+)\/cmdline <==$/m).slice(1)
  return new Map(pieces.flatMap((pid, at) => (at % 2 === 0 ? [[pid, cleanArgs(pieces[at + 1] ?? '')] as const] : [])))
}

/** A process that rewrites its title leaves padding behind. */
function cleanArgs(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/**
 * The innermost unit or container of a cgroup path: `/system.slice/pm2-deploy.service` → `pm2-deploy.service`,
 * `/system.slice/docker-<id>.scope` and `/docker/<id>` → `docker-<id>`.
 */
export function readUnit(cgroup: string): string | null {
  // sample: /system.slice/docker-4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c0042.scope
  const [, engine, id] =
    /\/(docker|libpod|cri-containerd|crio|lxc)[-/]([\w.-]+?)(?:\.scope)?(?:\/|$)/.exec(cgroup) ?? []
  if (id !== undefined) return `${engine}-${id}`
  return cgroup.split('/').findLast((name) => /\.(service|scope)$/.test(name)) ?? null
}

import { z } from 'zod'
import { ParseError } from '../errors.js'
import { sh } from '../shell.js'
import { defineProbe, type Section } from './define.js'
import { type Listener, listenerSchema } from './listeners/listener.js'
import { readNetstat, readProc, readSs } from './listeners/read.js'

const listenersFactsSchema = z.object({
  /** What the list was read from. */
  source: z.enum(['ss', 'netstat', 'proc']),
  listeners: z.array(listenerSchema),
  /** Listening Unix sockets that have a path. */
  unixSockets: z.array(z.object({ path: z.string() })),
})

export type ListenersFacts = z.infer<typeof listenersFactsSchema>

/**
 * `ss -e` also says who owns a socket and whether an IPv6 one takes IPv4. Where ss is missing or fails (no netlink in a
 * container) netstat is asked, unless it is a BusyBox that cannot name processes, and at last the kernel's own tables,
 * which need no tool.
 */
const script = sh`
  if text=$(ss -ltnpe) && [ -n "$text" ]; then source=ss
  elif text=$(netstat -ltnpW || netstat -ltnp) && [ -n "$text" ]; then source=netstat
  else
    source=proc
    text=$(cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A" { print $2, $5, $8, $10 }')
  fi
  part "$source"
  printf '%s\n' "$text"
  case $source in
    ss) unowned=$(printf '%s\n' "$text" | grep '^LISTEN' | grep -vc 'users:((') ;;
    netstat) unowned=$(printf '%s\n' "$text" | grep '^tcp' | grep -vcE '[0-9]/') ;;
    proc)
      inodes=$(printf '%s\n' "$text" | awk '{ print $4 }')
      part owners
      owners=$(ls -l /proc/[0-9]*/fd | awk -v inodes="$inodes" '
        BEGIN { n = split(inodes, list, /[ \n]+/); for (i = 1; i <= n; i++) wanted["socket:[" list[i] "]"] = list[i] }
        /^\/proc\/[0-9]+\/fd:$/ { split($0, f, "/"); pid = f[3] }
        $NF in wanted && !seen[pid, $NF]++ { print wanted[$NF], pid }')
      printf '%s\n' "$owners"
      part names
      for pid in $(printf '%s\n' "$owners" | awk '!seen[$2]++ && n++ < 100 { print $2 }'); do
        printf '%s %s\n' "$pid" "$(cat "/proc/$pid/comm")"
      done
      unowned=$(for inode in $inodes; do
        case $owners in *"$inode "*) ;; *) echo "$inode" ;; esac
      done | grep -c .) ;;
  esac
  [ "$fx_uid" = 0 ] || [ "\${unowned:-0}" = 0 ] || cannot permission "which process owns the sockets of other users"
  part unix
  awk '$4 == "00010000" && NF >= 8 { sub(/^([^ ]+ +)([^ ]+ +)([^ ]+ +)([^ ]+ +)([^ ]+ +)([^ ]+ +)([^ ]+ +)/, ""); print }' /proc/net/unix
`

export default defineProbe({
  name: 'listeners',
  title: 'the listening sockets',
  needs: {},
  elevated: true,
  script: () => script,
  facts: listenersFactsSchema,
  parse: parseListeners,
})

function parseListeners({ text, parts, cut }: Section): ListenersFacts {
  const part = (kind: string) => parts.find((each) => each.kind === kind)?.text
  // The last line of a section that was cut off may be half of one.
  const isBroken = (kind: string) => cut !== undefined && parts.at(-1)?.kind === kind
  const lines = (kind: string) =>
    (part(kind) ?? '')
      .split('\n')
      .slice(0, isBroken(kind) ? -1 : undefined)
      .filter((line) => line !== '')
  const source = (['ss', 'netstat', 'proc'] as const).find((kind) => part(kind) !== undefined)
  if (source === undefined) throw new ParseError('no list of sockets', text.trim().split('\n')[0])
  const listeners = read[source](lines)
  const paths = new Set(lines('unix').filter((path) => path.startsWith('/')))
  return { source, listeners: settleDualStack(listeners), unixSockets: [...paths].map((path) => ({ path })) }
}

const read = {
  ss: (lines: Lines) => readSs(lines('ss')),
  netstat: (lines: Lines) => readNetstat(lines('netstat')),
  proc: (lines: Lines) => readProc(lines('proc'), lines('owners'), lines('names')),
}

type Lines = (kind: string) => string[]

/** A port that has a socket for all of IPv4 beside that for all of IPv6: the latter cannot be dual stack. */
function settleDualStack(listeners: Listener[]): Listener[] {
  const onIpv4 = new Set(listeners.filter(({ address }) => address === '0.0.0.0').map(({ port }) => port))
  return listeners.map((each) =>
    each.acceptsIpv4 === null && onIpv4.has(each.port) ? { ...each, acceptsIpv4: false } : each,
  )
}

import { z } from 'zod'
import { ParseError } from '../errors.js'
import { sh } from '../shell.js'
import { defineProbe, type Section } from './define.js'
import {
  firewallBlockSchema,
  oomKillSchema,
  reachedLimitSchema,
  readBlocks,
  readOomKills,
  readReachedLimits,
} from './kernel-log/events.js'
import { type KernelClock, readKernelLine } from './kernel-log/line.js'
import { KeyLines } from './key-lines.js'
import { readUtcOffset } from './log-time.js'

const kernelLogFactsSchema = z.object({
  /** `journalctl`, `dmesg`, or the file that was read; `none` when nothing of it may be read. */
  source: z.string(),
  /** Oldest first. */
  oomKills: z.array(oomKillSchema),
  /** Packets to TCP ports that a firewall logged as it dropped them, by port and source. */
  firewallBlocks: z.array(firewallBlockSchema),
  /** Limits that the kernel said it had reached, by what it is a limit of. */
  reachedLimits: z.array(reachedLimitSchema).optional(),
  /** The kernel's own count of OOM kills since the last boot; null where it keeps none. */
  oomKillsSinceBoot: z.number().nullable(),
})

type KernelLogFacts = z.infer<typeof kernelLogFactsSchema>

/** Only what is looked for leaves the host, and not more than 200 lines of each: firewalls can log without end. */
const pick = sh`awk '
  /[Kk]ill(ed)? process [0-9]+ \(/ || /systemd-oomd.*: Killed / { oom[n++ % 200] = $0 }
  /IN=[^ ]+ .*PROTO=TCP .*DPT=[0-9]/ && /BLOCK|DROP|REJECT|DENY|[Bb]lock|[Dd]rop|[Rr]eject|[Dd]eny/ { block[m++ % 200] = $0 }
  /conntrack: table full|fork rejected by pids controller/ { full[k++ % 200] = $0 }
  END {
    for (i = k > 200 ? k - 200 : 0; i < k; i++) print full[i % 200]
    for (i = n > 200 ? n - 200 : 0; i < n; i++) print oom[i % 200]
    for (i = m > 200 ? m - 200 : 0; i < m; i++) print block[i % 200]
  }'`

/**
 * The journal first (it reaches back over restarts and has exact times), then the file that syslog writes, then the
 * kernel's ring buffer. The last seven days. The journal of a plain user and that of a container hold no line of the
 * kernel: such a journal says nothing.
 */
const script = sh`
  printf 'clock %s\nuptime %s\n' "$(date '+%s %z')" "$(cut -d' ' -f1 /proc/uptime)"
  awk '$1 == "oom_kill" { print }' /proc/vmstat
  for journal in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
    [ -r "$journal" ] && [ -n "$(journalctl -q --no-pager -n 1 _TRANSPORT=kernel)" ] || continue
    part log journalctl
    journalctl -q --no-pager -o short-unix --since '-7 days' -n 20000 _TRANSPORT=kernel + _SYSTEMD_UNIT=systemd-oomd.service | ${pick}
    return 0
  done
  for log in /var/log/kern.log /var/log/messages /var/log/syslog; do
    [ -f "$log" ] && [ -r "$log" ] || continue
    part log "$log"
    tail -c 8388608 "$log" | ${pick}
    return 0
  done
  if dmesg | head -c 1 | grep -q .; then
    part log dmesg
    dmesg | ${pick}
    return 0
  fi
  part log none
  cannot permission "the kernel log"
`

export default defineProbe({
  name: 'kernel-log',
  title: 'the kernel log',
  needs: {},
  elevated: true,
  script: () => script,
  facts: kernelLogFactsSchema,
  parse: parseKernelLog,
})

function parseKernelLog({ text, parts }: Section): KernelLogFacts {
  const lines = new KeyLines(text)
  const log = parts.find(({ kind }) => kind === 'log')
  const clock = readClock(lines)
  const entries = (log?.text ?? '').split('\n').flatMap((line) => readKernelLine(line, clock) ?? [])
  if (!log) throw new ParseError('no kernel log', text.trim().split('\n')[0])
  return {
    source: log.label,
    oomKills: readOomKills(entries),
    firewallBlocks: readBlocks(entries),
    reachedLimits: readReachedLimits(entries),
    oomKillsSinceBoot: lines.number('oom_kill'),
  }
}

function readClock(lines: KeyLines): KernelClock {
  const nowMs = (lines.number('clock') ?? Number.NaN) * 1000
  const [, zone = ''] = (lines.first('clock') ?? '').split(' ')
  return {
    nowMs,
    bootedMs: nowMs - (lines.number('uptime') ?? Number.NaN) * 1000,
    utcOffsetMinutes: readUtcOffset(zone),
  }
}

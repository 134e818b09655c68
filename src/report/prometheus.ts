import type { HostRecord, RunRecord } from '../record.js'
import { statusSchema } from '../record.js'

/** A sample of a metric: its labels and its value. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

interface Metric {
  name: string
  help: string
  samples: readonly Sample[]
}

/**
 * The text format of Prometheus 0.0.4, as node_exporter's textfile collector reads it: gauges only. The words of labels
 * are ids, which no language changes.
 */
export function* renderPrometheus(record: RunRecord): Iterable<string> {
  for (const { name, help, samples } of [...runMetrics(record), ...hostMetrics(record.hosts)]) {
    if (samples.length === 0) continue
    yield `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
    yield samples.map(([labels, value]) => `${name}${formatLabels(labels)} ${value}\n`).join('')
  }
}

function runMetrics({ fleetdxVersion, startedAt, elapsedMs, interrupted, counts }: RunRecord): Metric[] {
  const one = (name: string, help: string, value: number): Metric => ({ name, help, samples: [[{}, value]] })
  return [
    {
      name: 'fleetdx_build_info',
      help: 'The fleetdx that made the run.',
      samples: [[{ version: fleetdxVersion }, 1]],
    },
    one('fleetdx_run_timestamp_seconds', 'When the run ended.', (Date.parse(startedAt) + elapsedMs) / 1000),
    one('fleetdx_run_duration_seconds', 'How long the run took.', elapsedMs / 1000),
    one('fleetdx_run_interrupted', 'Whether somebody stopped the run before its end.', Number(interrupted)),
    {
      name: 'fleetdx_hosts',
      help: 'Hosts of the run, by status.',
      samples: statusSchema.options.map((status) => [{ status }, counts[status]]),
    },
  ]
}

function hostMetrics(hosts: readonly HostRecord[]): Metric[] {
  return [
    {
      name: 'fleetdx_host_status',
      help: 'Whether the host has this status: 1 for one of them, 0 for the others.',
      samples: hosts.flatMap(({ name: host, status: own }) =>
        statusSchema.options.map((status): Sample => [{ host, status }, Number(status === own)]),
      ),
    },
    {
      name: 'fleetdx_host_cause',
      help: 'A cause that was found on the host; rank root is what is wrong, other is independent of it.',
      samples: hosts.flatMap(causesOf),
    },
    {
      name: 'fleetdx_host_unreachable',
      help: 'Why no session to the host could be opened.',
      samples: hosts.flatMap(({ name: host, reason }) =>
        reason ? [[{ host, reason: reason.reason }, 1] satisfies Sample] : [],
      ),
    },
    {
      name: 'fleetdx_host_waived',
      help: 'Whether all that is wrong with the host is waived.',
      samples: hosts.map(({ name: host, isWaived }) => [{ host }, Number(isWaived)]),
    },
    {
      name: 'fleetdx_host_group',
      help: 'The groups that the host is in, to join by.',
      samples: hosts.flatMap(({ name: host, groups }) =>
        [...new Set(groups)].map((group): Sample => [{ host, group }, 1]),
      ),
    },
    {
      name: 'fleetdx_host_duration_seconds',
      help: 'How long the host took.',
      samples: hosts.map(({ name: host, elapsedMs }) => [{ host }, elapsedMs / 1000]),
    },
  ]
}

/** One sample a cause and what it is about: two with the same labels would make the whole file unreadable. */
function causesOf({ name: host, causes }: HostRecord): Sample[] {
  const different = new Map<string, Sample>()
  for (const [index, { id: cause, layer, subject, effect }] of causes.entries()) {
    const key = JSON.stringify([cause, subject])
    const rank = index === 0 ? 'root' : 'other'
    if (!different.has(key)) different.set(key, [{ host, cause, layer, subject, effect, rank }, 1])
  }
  return [...different.values()]
}

/** `{host="web01",status="broken"}` */
function formatLabels(labels: Sample[0]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

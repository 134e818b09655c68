import type { z } from 'zod'
import type { AnyProbe } from '../../src/probes/define.js'
import { probes } from '../../src/probes/index.js'
import { nowMs } from '../support/facts.js'
import { frameSection } from '../support/read-section.js'

/**
 * What a host would have sent of the lines that a thread quotes: the output of the probes' scripts around them, read by
 * the real parsers. Lines that carry a time get one of the last minute before the host's clock.
 */

type Known<P extends AnyProbe> = { known: true; value: z.infer<P['facts']>; blind: [] }

/** What the parser of a probe makes of these lines. */
export function read<P extends AnyProbe>(probe: P, ...lines: string[]): Known<P> {
  return { known: true, value: probe.parse(frameSection(probe, lines.join('\n'))), blind: [] }
}

/** The line that a probe's script announces a piece of its output by. */
export const part = (kind: string, label = '') => `\n@fleetdx part ${kind}${label === '' ? '' : ` ${label}`}`
/** The host's clock, as the probes of logs ask for it. */
export const clock = `now ${nowMs / 1000} +0000`

/** When the line at this place from the end was written, three seconds after the one before. */
export function momentOf(index: number, count: number): Date {
  return new Date(nowMs - (count - index) * 3000)
}

/** `2026-03-01T11:59:57` */
export function stampOf(moment: Date): string {
  return moment.toISOString().slice(0, 19)
}

interface LogPlace {
  app?: string
  home?: string
  stream?: 'error' | 'out'
}

/** The end of an app's log, that was written a moment ago; most apps write no times. */
export function appLog(
  lines: readonly string[],
  { app = 'classrooom', home = '/home/deploy/.pm2', stream = 'error' }: LogPlace = {},
) {
  const name = { app, home, stream, path: `${home}/logs/${app}-${stream}.log` }
  return read(probes['app-logs'], '+0000', part('log', JSON.stringify(name)), `900 ${nowMs / 1000}`, ...lines)
}

/** Rows of `ss -ltnpe`. */
export function ss(...rows: string[]) {
  return read(probes.listeners, part('ss'), 'State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess', ...rows)
}

/** `LISTEN … [::1]:3000 … users:(("node",pid=4001,fd=20))` */
export function row(local: string, program = 'node', pid = 4001): string {
  return `LISTEN 0 511 ${local} ${local.startsWith('[') ? '[::]' : '0.0.0.0'}:* users:(("${program}",pid=${pid},fd=20)) uid:1001 ino:30 sk:5 cgroup:/ <->`
}

/** What `df -Pk` and `df -Pi` say of the app's folder. */
export function df(blocks: string, inodes: string) {
  const heads = [
    'Filesystem 1024-blocks Used Available Capacity Mounted on',
    'Filesystem Inodes IUsed IFree IUse% Mounted on',
  ]
  return read(probes.disks, part('folder', '/home/deploy/classrooom'), heads[0] ?? '', blocks, heads[1] ?? '', inodes)
}

/** Lines of the kernel, as dmesg shows them, each without its time. */
export function dmesg(...lines: string[]) {
  const upSeconds = 864_000
  const written = lines.map((line, index) => `[${upSeconds - lines.length + index}.000001] ${line}`)
  return read(
    probes['kernel-log'],
    `clock ${nowMs / 1000} +0000`,
    `uptime ${upSeconds}`,
    part('log', 'dmesg'),
    ...written,
  )
}

/** The journal of a unit, each line from its writer on; and what a name in it is by now. */
export function journal(unit: string, lines: readonly string[], [name, ...addresses]: string[] = []) {
  const written = lines.map((line, index) => `${momentOf(index, lines.length).getTime() / 1000}.000001 web1 ${line}`)
  return read(
    probes.journals,
    part('journal', unit),
    ...written,
    ...(name === undefined ? [] : [part('name', name), ...addresses]),
  )
}

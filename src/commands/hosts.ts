import { isIPv6 } from 'node:net'
import type { Choice, Targeting } from '../inventory/choose.js'
import type { Endpoint, Host } from '../inventory/host.js'
import { t } from '../language/language.js'
import { wrapWords } from '../report/fit.js'
import { chooseWidth } from '../report/terminal.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'
import { formatJumps, traceSettings } from './host-origins.js'
import { layOutRows } from './lay-out-rows.js'

/** Which hosts to show, and how. */
export type HostsOptions = Targeting & {
  format: 'table' | 'json'
  /** Says where each setting comes from. */
  verbose?: boolean
  /** Breaks no line, whatever the width. */
  wide?: boolean
}

/** `fleetdx hosts`: shows what would be contacted, without contacting it. Throws UserError. */
export async function showHosts(
  { format, verbose = false, wide = false, ...which }: HostsOptions,
  io: CommandIo,
): Promise<void> {
  const choice = await chooseAndTell(which, io)
  if (format === 'json') return void io.stdout.write(formatJson(choice, verbose))
  // What goes to another program keeps its lines.
  const isBounded = !wide && (io.stdout.isTTY || io.env.COLUMNS)
  const width = isBounded ? chooseWidth(io.env, io.stdout) : Number.POSITIVE_INFINITY
  const parts = verbose
    ? formatOrigins(choice, width, io.cwd)
    : [formatTable(choice, width), ...explainObstacles(choice, width)]
  io.stdout.write(`${[...parts, countHosts(choice)].join('\n\n')}\n`)
}

function formatJson(choice: Choice, verbose: boolean): string {
  const { inventoryFile = null, inventoryKind } = choice
  const hosts = choice.hosts.map((host) => (verbose ? { ...host, settings: traceSettings(host, choice) } : host))
  return `${JSON.stringify({ inventoryFile, ...(inventoryKind && { inventoryKind }), hosts }, null, 2)}\n`
}

function countHosts({ hosts, inventoryFile, inventoryKind }: Choice): string {
  const count = hosts.length === 1 ? t`1 host` : t`${hosts.length} hosts`
  if (inventoryFile === undefined) return count
  return inventoryKind === undefined
    ? t`${count} of ${inventoryFile}`
    : t`${count} of ${inventoryFile} (${inventoryKind})`
}

function formatTable({ hosts }: Choice, width: number): string {
  const head = [t`HOST`, t`ADDRESS`, t`USER`, t`JUMP`, t`GROUPS`, t`APPS`]
  return layOutRows([head, ...hosts.map(toRow)], {
    width,
    breaks: { 3: ' > ', 4: ', ', 5: ', ' },
    lastly: [0, 1, 3, 4],
  }).join('\n')
}

function toRow(host: Host): string[] {
  const { name, user, groups, apps, transport } = host
  const isLocal = transport === 'local'
  return [
    name,
    isLocal ? t`this machine` : formatAddress(host),
    user,
    formatJumps(host) || '-',
    groups.join(', ') || '-',
    apps.map((app) => (app.port === undefined ? app.name : `${app.name}:${app.port}`)).join(', ') || '-',
  ]
}

function formatAddress({ address, port }: Endpoint): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${port}`
}

/** Hosts that a check would not even try. */
function explainObstacles({ hosts }: Choice, width: number): string[] {
  const indent = (text: string) => wrapWords(text, width - 2).map((line) => `  ${line}`)
  const lines = hosts.flatMap(({ name, obstacle }) =>
    obstacle ? [...wrapWords(t`${name}: ${obstacle.message}`, width), ...indent(obstacle.mend)] : [],
  )
  return lines.length === 0 ? [] : [lines.join('\n')]
}

/** A host after the other: each setting, its value, and what gave it. */
function formatOrigins(choice: Choice, width: number, cwd: string): string[] {
  const traced = choice.hosts.map((host) => traceSettings(host, choice))
  const rows = traced.flat().map(({ setting, value, from }) => [setting, value, from.replace(`${cwd}/`, '')])
  const blocks = layOutRows(rows, { width: width - 2, breaks: { 1: ' ', 2: ' ' } })
  return choice.hosts.map(({ name, obstacle }) => {
    const lines = blocks.splice(0, traced.shift()?.length ?? 0)
    const why = obstacle ? wrapWords(t`cannot be reached: ${obstacle.message}; ${obstacle.mend}`, width - 2) : []
    return [name, ...[...why, ...lines.flatMap((line) => line.split('\n'))].map((line) => `  ${line}`)].join('\n')
  })
}

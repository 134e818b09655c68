import { isIPv6 } from 'node:net'
import Table from 'cli-table3'
import { type Choice, type ChooseOptions, chooseHosts } from '../inventory/choose.js'
import type { Endpoint, Host } from '../inventory/host.js'
import type { CommandIo } from './command-io.js'

/** Which hosts to show, and how. */
export type HostsOptions = Pick<ChooseOptions, 'targets' | 'inventory' | 'checks' | 'local' | 'overrides'> & {
  format: 'table' | 'json'
}

/** `fleetdx hosts`: shows what would be contacted, without contacting it. Throws UserError. */
export async function showHosts({ format, ...which }: HostsOptions, io: CommandIo): Promise<void> {
  const choice = await chooseHosts({ ...which, env: io.env, cwd: io.cwd, stdin: io.stdin })
  io.stdout.write(format === 'json' ? formatJson(choice) : formatTable(choice))
}

function formatJson({ hosts, inventoryFile }: Choice): string {
  return `${JSON.stringify({ inventoryFile: inventoryFile ?? null, hosts }, null, 2)}\n`
}

// Two spaces between columns, and no lines: the table stays readable at any size, and to awk.
const PLAIN = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, '']),
  ),
)

function formatTable({ hosts, inventoryFile }: Choice): string {
  const table = new Table({
    head: ['HOST', 'ADDRESS', 'USER', 'JUMP', 'GROUPS', 'APPS'],
    chars: { ...PLAIN, 'mid-mid': '', middle: '  ' },
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...hosts.map(toRow))
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
  const count = `${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`
  return `${lines.join('\n')}\n\n${count}${inventoryFile === undefined ? '' : ` of ${inventoryFile}`}\n`
}

function toRow(host: Host): string[] {
  const { name, user, jump, groups, apps, transport } = host
  const isLocal = transport === 'local'
  return [
    name,
    isLocal ? 'this machine' : formatAddress(host),
    user,
    jump ? `${jump.user}@${formatAddress(jump)}` : '-',
    groups.join(', ') || '-',
    apps.map((app) => (app.port === undefined ? app.name : `${app.name}:${app.port}`)).join(', ') || '-',
  ]
}

function formatAddress({ address, port }: Endpoint): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${port}`
}

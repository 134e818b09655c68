import { posix } from 'node:path'
import { z } from 'zod'
import { ParseError } from '../errors.js'
import { knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import { sh } from '../shell.js'
import { defineProbe, type Part, type Section } from './define.js'
import { KeyLines } from './key-lines.js'
import type { Pm2Facts } from './pm2.js'
import pm2 from './pm2.js'

const folderSchema = z.object({
  /** The folder that was asked about. */
  path: z.string(),
  /** Where its file system is mounted. */
  mount: z.string(),
  device: z.string(),
  sizeBytes: z.number(),
  /** What a plain user may still write: blocks reserved for root do not count. */
  availableBytes: z.number(),
  usedPercent: z.number(),
  /** null where the file system has no fixed number of inodes. */
  inodesUsedPercent: z.number().nullable(),
  isReadOnly: z.boolean(),
})

const disksFactsSchema = z.object({ folders: z.array(folderSchema) })
export type DisksFacts = z.infer<typeof disksFactsSchema>

const mostFolders = 30

/** The folders whose disks matter to an app and its gateway: a full one is a cause of its own. */
export function findDiskFolders(pm2: Pm2Facts | undefined, apps: readonly AppHint[]): string[] {
  const ofDaemons = (pm2?.daemons ?? []).flatMap(({ home, apps, saved }) => [
    home,
    ...[...(apps ?? []), ...(saved ?? [])].flatMap(({ cwd, errorLog, outLog }) => [
      cwd,
      ...[errorLog, outLog].flatMap((log) => (log === null ? [] : [posix.dirname(log)])),
    ]),
  ])
  const declared = apps.flatMap(({ cwd }) => (cwd === undefined ? [] : [cwd]))
  const all = ['/', '/var/log', '/var/lib/nginx', '/tmp', ...ofDaemons, ...declared]
  return [...new Set(all.filter((path) => path.startsWith('/') && !path.startsWith('/dev')))].slice(0, mostFolders)
}

/** Of several mounts at one place the last is the one in sight. */
const readDisks = sh`
disks_read() {
  awk '{ state[$2] = substr($4, 1, 3) } END { for (mount in state) if (state[mount] ~ /^ro(,|$)/) print "ro " mount }' /proc/mounts
  for path; do
    if blocks=$(df -Pk "$path" 2>&1); then part folder "$path"; echo "$blocks"; df -Pi "$path"
    else case $blocks in *'Permission denied'*) cannot permission "the disk of $path" ;; esac
    fi
  done
}`

export default defineProbe({
  name: 'disks',
  title: 'disk space',
  needs: { pm2 },
  elevated: true,
  library: readDisks,
  script: ({ pm2 }, apps) => sh`disks_read ${findDiskFolders(knownValue(pm2), apps)}`,
  alone: sh`with_found place disks_read ${findDiskFolders(undefined, [])}`,
  facts: disksFactsSchema,
  parse: (section) => {
    const readOnly = findReadOnlyMounts(section.text)
    return { folders: wholeParts(section).map((part) => readFolder(part, readOnly)) }
  },
})

/** Of a section that was cut off, the last part may lack its end. */
function wholeParts({ parts, cut }: Section): Part[] {
  return cut === undefined ? parts : parts.slice(0, -1)
}

function findReadOnlyMounts(text: string): Set<string> {
  // sample: ro /srv/my\040app (the kernel writes odd characters in octal)
  const readOctal = (path: string) =>
    path.replaceAll(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)))
  return new Set(new KeyLines(text).all('ro').map(readOctal))
}

function readFolder({ label, text }: Part, readOnly: Set<string>): z.infer<typeof folderSchema> {
  const [blocks, inodes] = text.split('\n').flatMap((line) => readDfLine(line) ?? [])
  if (!blocks) throw new ParseError('df printed no line of figures', text.trim())
  return {
    path: label,
    mount: blocks.mount,
    device: blocks.device,
    sizeBytes: blocks.total * 1024,
    availableBytes: blocks.available * 1024,
    usedPercent: blocks.usedPercent ?? 0,
    inodesUsedPercent: inodes?.usedPercent ?? null,
    isReadOnly: readOnly.has(blocks.mount),
  }
}

function readDfLine(line: string) {
  // sample: /dev/mapper/vg-root   41152736 9876543 29157890  26% /srv/my app     (- in place of figures of inodes: btrfs, vfat)
  const match = /^(\S(?:.*?\S)?) +(\d+|-) +(?:\d+|-) +(-?\d+|-) +(\d+%|-) +(\/.*)$/.exec(line)
  if (!match) return undefined
  const [, device = '', total, available, percent = '', mount = ''] = match
  const usedPercent = percent === '-' ? null : Number.parseInt(percent, 10)
  return { device, total: Number(total) || 0, available: Number(available) || 0, usedPercent, mount }
}

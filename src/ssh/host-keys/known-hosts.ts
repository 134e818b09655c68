import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { SourcePlace } from '../../errors.js'
import type { Endpoint } from '../../inventory/host.js'
import { readKeyType } from '../key-blob.js'

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostLine {
  /** `trusted` when the line has no marker. */
  trust: 'trusted' | 'revoked' | 'cert-authority'
  /** Whether the line is about a name: a lower-case host name or address, or `[name]:port`. */
  matches: (name: string) => boolean
  type: string
  base64: string
  place: Required<Omit<SourcePlace, 'column'>>
}

/** A key that some line holds, as it goes over the wire. */
export interface KnownKey extends Pick<KnownHostLine, 'trust' | 'type' | 'place'> {
  blob: Buffer
}

/** What the known_hosts files say of an endpoint. */
export interface KnownKeys {
  /** Under the name that OpenSSH looks up: `address`, or `[address]:port` off port 22. */
  listed: KnownKey[]
  /** Off port 22, under `address` alone: OpenSSH accepts a match here, and nothing else. */
  bare: KnownKey[]
  /** Files that exist and could not be read. */
  unread: string[]
}

/** The known_hosts files of a run, each read and parsed once. */
export interface KnownHosts {
  keysOf(endpoint: Pick<Endpoint, 'address' | 'port' | 'hostKeyAlias' | 'knownHostsFiles'>): Promise<KnownKeys>
}

interface ParsedFile {
  lines: KnownHostLine[]
  unread?: string
}

export function createKnownHosts(): KnownHosts {
  const files = new Map<string, Promise<ParsedFile>>()
  const read = (file: string) => {
    const parsed = files.get(file) ?? readKnownHosts(file)
    files.set(file, parsed)
    return parsed
  }
  return {
    async keysOf({ knownHostsFiles, ...endpoint }) {
      const { address, port, hostKeyAlias } = endpoint
      const parsed = await Promise.all(knownHostsFiles.map(read))
      const lines = parsed.flatMap((file) => file.lines)
      return {
        listed: findKnownKeys(lines, formatKnownName(endpoint)),
        bare: port === 22 || hostKeyAlias !== undefined ? [] : findKnownKeys(lines, address.toLowerCase()),
        unread: parsed.flatMap((file) => file.unread ?? []),
      }
    },
  }
}

/** The name that a host key is stored under: the alias that ssh_config gives it, else `host`, or `[host]:port` off port 22. */
export function formatKnownName({
  address,
  port,
  hostKeyAlias,
}: Pick<Endpoint, 'address' | 'port' | 'hostKeyAlias'>): string {
  if (hostKeyAlias !== undefined) return hostKeyAlias.toLowerCase()
  const name = address.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** A name as `HashKnownHosts yes` stores it, with a new salt each time. */
export function hashKnownName(name: string): string {
  const salt = randomBytes(20)
  return `|1|${salt.toString('base64')}|${hashName(salt, name)}`
}

function hashName(salt: Buffer, name: string): string {
  return createHmac('sha1', salt).update(name).digest('base64')
}

/** The usable keys of all lines about `name`; a line whose key does not decode to its own type is left out, as OpenSSH does. */
export function findKnownKeys(lines: readonly KnownHostLine[], name: string): KnownKey[] {
  return lines
    .filter((line) => line.matches(name))
    .map(({ base64, ...line }) => ({ ...line, blob: Buffer.from(base64, 'base64') }))
    .filter(({ type, blob }) => readKeyType(blob) === type)
}

/** Reads the text of a known_hosts file; blank, comment and malformed lines are skipped, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): KnownHostLine[] {
  return text.split('\n').flatMap((line, index) => parseLine(line, { file, line: index + 1 }) ?? [])
}

/** What a file holds at this moment; a missing one is empty. Throws what the file system says. */
export function readKnownHostsNow(file: string): KnownHostLine[] {
  try {
    return parseKnownHosts(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

async function readKnownHosts(file: string): Promise<ParsedFile> {
  try {
    return { lines: parseKnownHosts(await readFile(file, 'utf8'), file) }
  } catch (error) {
    const code = codeOf(error)
    return code === 'ENOENT' ? { lines: [] } : { lines: [], unread: `${file} (${code})` }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

const MARKERS: Record<string, KnownHostLine['trust']> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
}

function parseLine(line: string, place: KnownHostLine['place']): KnownHostLine | undefined {
  const fields = line.trim().split(/[ \t]+/)
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined
  const trust = marker === undefined ? 'trusted' : MARKERS[marker]
  const [names, type, base64] = fields
  if (trust === undefined || names === undefined || type === undefined || base64 === undefined) return undefined
  if (names.startsWith('#')) return undefined
  return { trust, matches: compileNames(names), type, base64, place }
}

function compileNames(names: string): KnownHostLine['matches'] {
  // sample: |1|F1E2tJ6QYm5pO1ZqhO5xJzv8Qk4=|8Y1qk8m2rV9o6Zb2J3yqz0bqgGs=
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(names) ?? []
  if (salt !== undefined) {
    const key = Buffer.from(salt, 'base64')
    return (name) => hashName(key, name) === hash
  }
  const patterns = names.toLowerCase().split(',')
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(compilePattern)
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => compilePattern(pattern.slice(1)))
  return (name) => wanted.some((matches) => matches(name)) && !unwanted.some((matches) => matches(name))
}

function compilePattern(pattern: string): (name: string) => boolean {
  if (!/[*?]/.test(pattern)) return (name) => name === pattern
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const regex = new RegExp(`^${source}$`)
  return (name) => regex.test(name)
}

import type { Section } from '../define.js'
import { readFiles, textsOf, valuesAfter } from './read-output.js'

/** A file of a gateway's configuration as a host told it, its secrets masked. */
export interface ConfigText {
  path: string
  text: string
  /** Whether only its first 256 KiB are there. */
  isCut: boolean
  /** Of the text before anything was masked, as env-digests.ts says; null where none was made. */
  digest: string | null
}

/** What was seen of the configuration of one kind of gateway. */
export interface GatewayTexts {
  gateway: (typeof gateways)[number]
  files: ConfigText[]
  /** Files that are there and could not be read. */
  hidden: string[]
  /** Sites that are there and not enabled. */
  idle: string[]
  /** Whether what is not among the files is not there, either. */
  isWhole: boolean
}

const gateways = ['nginx', 'apache', 'caddy', 'haproxy'] as const

/** The configuration of every kind of gateway that a host was asked for. */
export function configTexts({ sections }: { sections: Readonly<Record<string, Section>> }): GatewayTexts[] {
  return gateways.flatMap((gateway) => {
    const section = sections[gateway]
    return section ? [{ gateway, ...readTexts(section) }] : []
  })
}

function readTexts(section: Section): Omit<GatewayTexts, 'gateway'> {
  const lines = [section.text, ...textsOf(section, 'found')].join('\n').split('\n')
  const digests = new Map(valuesAfter(lines, 'digest').map(readDigest))
  const files = readFiles(section).map(({ path, text, isCut }) => ({
    ...{ path, text, isCut },
    digest: digests.get(path) ?? null,
  }))
  const hidden = section.blind.flatMap(({ what }) => {
    // sample: the nginx configuration /etc/nginx/sites-enabled/shop
    const [, path] = /^the \w+ configuration (\/.*)$/.exec(what) ?? []
    return path === undefined ? [] : [path]
  })
  return { files, hidden, idle: valuesAfter(lines, 'idle'), isWhole: section.cut === undefined }
}

function readDigest(value: string): [path: string, digest: string | null] {
  // sample: 5f3a90c1d2e4 /etc/nginx/nginx.conf
  const [, digest = null, path = ''] = /^([0-9a-f]{12}) (.+)$/.exec(value) ?? []
  return [path, digest]
}

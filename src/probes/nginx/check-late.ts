import { posix } from 'node:path'
import type { Mistake, Place } from './facts.js'
import { resolvePath } from './glob.js'
import { readListen } from './listen.js'
import { splitModifier } from './meaning.js'
import { type Directive, findAll, isDirective, type Node, named } from './parse.js'

/** What nginx refuses once it has read everything; nothing, where reading itself failed. */
export function findLateMistakes(nodes: readonly Node[]): Mistake[] {
  const servers = named(nodes, 'http').flatMap(({ block }) => named(block, 'server'))
  const hasEvents = nodes.some((node) => !isDirective(node) || node.name === 'events')
  const main = nodes.find(isDirective)
  return [
    ...servers.flatMap(({ block }) => findRepeatedLocations(block)),
    ...findMissingCertificates(nodes, servers),
    ...(hasEvents || !main
      ? []
      : [{ message: 'no "events" section in configuration', place: { ...main.place, line: 1 } }]),
  ]
}

function startOf({ place, endLine }: Directive): Place {
  return { file: place.file, line: endLine }
}

/** Of ngx_http_core_location(): expressions may be repeated, an exact location may stand beside a prefix. */
function findRepeatedLocations(block: readonly Node[] | undefined): Mistake[] {
  const seen = new Set<string>()
  return named(block, 'location').flatMap((location) => {
    const [modifier = '', text = ''] = location.args.length > 1 ? location.args : splitModifier(location.args[0] ?? '')
    const key = `${modifier === '=' ? '=' : ''} ${text}`
    const isRepeated = !modifier.startsWith('~') && seen.has(key)
    seen.add(key)
    const own = isRepeated ? [{ message: `duplicate location "${text}"`, place: startOf(location) }] : []
    return [...own, ...findRepeatedLocations(location.block)]
  })
}

/** Of ngx_http_ssl_init(): the default server of an address with TLS needs a certificate, or refuses handshakes. */
function findMissingCertificates(nodes: readonly Node[], servers: readonly Directive[]): Mistake[] {
  const outer = named(nodes, 'http').flatMap(({ block }) => block ?? [])
  const defaults = new Map<string, { server: Directive; isDeclared: boolean; isTls: boolean }>()
  for (const server of servers) {
    for (const { address, port, isTls, isDefault } of named(server.block, 'listen').flatMap(({ args }) =>
      readListen(args),
    )) {
      const key = `${address} ${port}`
      const known = defaults.get(key)
      const isFirst = !known || (isDefault && !known.isDeclared)
      defaults.set(key, {
        server: isFirst ? server : known.server,
        isDeclared: isDefault || (known?.isDeclared ?? false),
        isTls: isTls || (known?.isTls ?? false),
      })
    }
  }
  const bare = [...defaults.values()].filter(
    ({ isTls, server }) => isTls && !hasCertificate([...(server.block ?? []), ...outer]),
  )
  return [...new Set(bare.map(({ server }) => server))].map((server) => ({
    message: 'no "ssl_certificate" is defined for the "listen ... ssl" directive',
    place: startOf(server),
  }))
}

function hasCertificate(nodes: readonly Node[]): boolean {
  const rejects = named(nodes, 'ssl_reject_handshake').some(({ args: [value] }) => value === 'on')
  return rejects || named(nodes, 'ssl_certificate').length > 0
}

/** Certificates, and folders of logs, that are not there. nginx names no line for them; theirs is given. */
export function findMissingFiles(nodes: readonly Node[], configFile: string, absent: ReadonlySet<string>): Mistake[] {
  const certificates = Object.entries({ ssl_certificate: 'certificate', ssl_certificate_key: 'certificate key' })
  return [
    ...certificates.flatMap(([name, kind]) =>
      findAll(nodes, name).flatMap(({ args: [file = ''], place }) => {
        const path = resolvePath(file, configFile)
        const message = `cannot load ${kind} "${path}": BIO_new_file() failed (No such file or directory)`
        return absent.has(path) ? [{ place, message }] : []
      }),
    ),
    ...['error_log', 'access_log'].flatMap((name) =>
      findAll(nodes, name).flatMap(({ args: [path = ''], place }) => {
        const message = `open() "${path}" failed (2: No such file or directory)`
        return path.startsWith('/') && absent.has(posix.dirname(path)) ? [{ place, message }] : []
      }),
    ),
  ]
}

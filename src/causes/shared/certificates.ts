import { knownValue } from '../../fact.js'
import type { Certificate, CertificatesFacts } from '../../probes/certificates.js'
import type { Scene } from '../define.js'

/** Words for the certificates of the path's site. */

/** A certificate and where it was seen: shown to a visitor (`path` is null), or in a file. */
export interface Shown {
  certificate: Certificate
  source: string
  path: string | null
}

/** What visitors of the site are shown; where that could not be asked, what its files hold. */
export function certificatesOf(scene: Scene): Shown[] {
  const known = knownValue(scene.facts.certificates)
  const { site } = scene.path
  if (!known || !site) return []
  const doors = site.listens.filter(({ isTls }) => isTls).map(({ port }) => port)
  const served = known.served
    .filter(({ port, name }) => doors.includes(port) && (name === null || site.names.includes(name)))
    .flatMap(({ address, port, name, certificate }) =>
      certificate ? [{ certificate, source: commandOf(address, port, name), path: null }] : [],
    )
  return served.length > 0
    ? served
    : filesOf(scene).map(({ path, certificate }) => ({ certificate, source: path, path }))
}

function commandOf(address: string, port: number, name: string | null): string {
  const at = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return `openssl s_client -connect ${at}${name === null ? '' : ` -servername ${name}`}`
}

type File = CertificatesFacts['files'][number] & { certificate: Certificate }

function filesOf({ path: { site }, facts }: Scene): File[] {
  const named = site?.certificates ?? []
  return (knownValue(facts.certificates)?.files ?? []).flatMap(({ path, modifiedMs, certificate }) =>
    certificate && named.some((each) => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`))
      ? [{ path, modifiedMs, certificate }]
      : [],
  )
}

/** The file with a later certificate of the same names, for one that is shown. */
export function fileFor(scene: Scene, { certificate, path }: Shown): File | undefined {
  if (path !== null) return undefined
  return filesOf(scene).find(
    (file) =>
      file.certificate.subject === certificate.subject &&
      file.certificate.notAfterMs > certificate.notAfterMs &&
      file.certificate.serial !== certificate.serial,
  )
}

/** Whether a renewed one waits in the file. */
export function isRenewed(scene: Scene, shown: Shown): boolean {
  return fileFor(scene, shown) !== undefined
}

/** `2026-11-24` */
export function formatDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

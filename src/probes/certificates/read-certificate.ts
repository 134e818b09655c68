import { X509Certificate } from 'node:crypto'
import type { Certificate } from './facts.js'

/** Reads the first certificate of a text in PEM; null where there is none. Parsed here, so that a host needs no tool for it. */
export function readCertificate(text: string): Certificate | null {
  const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0]
  if (pem === undefined) return null
  try {
    const { subject, issuer, subjectAltName, validFrom, validTo, serialNumber } = new X509Certificate(pem)
    const [notBeforeMs, notAfterMs] = [Date.parse(validFrom), Date.parse(validTo)]
    if (Number.isNaN(notBeforeMs) || Number.isNaN(notAfterMs)) return null
    return {
      subject: nameOf(subject),
      names: readNames(subjectAltName),
      issuer: nameOf(issuer),
      notBeforeMs,
      notAfterMs,
      serial: serialNumber,
    }
  } catch {
    return null
  }
}

/** The common name of a subject, or the whole of it on one line. */
function nameOf(subject: string | undefined): string {
  // sample: C=US\nO=Let's Encrypt\nCN=R11
  return /^CN=(.*)$/m.exec(subject ?? '')?.[1] ?? (subject ?? '').replaceAll('\n', ', ')
}

function readNames(written: string | undefined): string[] {
  // sample: DNS:shop.example, DNS:*.shop.example, IP Address:10.0.0.1
  return [...(written ?? '').matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map(([, name = '']) => name)
}

/** Reads what `curl --verbose` tells of a server's certificate, for hosts without openssl. */
export function readCurlCertificate(text: string): Certificate | null {
  const field = (name: string) => new RegExp(`^\\*\\s+${name}: (.*)$`, 'm').exec(text)?.[1]?.trim()
  // sample: *  expire date: Nov 24 11:40:00 2026 GMT
  const [notBeforeMs, notAfterMs] = [Date.parse(field('start date') ?? ''), Date.parse(field('expire date') ?? '')]
  if (Number.isNaN(notBeforeMs) || Number.isNaN(notAfterMs)) return null
  const commonName = (subject = '') => /CN ?= ?([^,;]+)/.exec(subject)?.[1] ?? subject
  return {
    subject: commonName(field('subject')),
    names: [],
    issuer: commonName(field('issuer')),
    notBeforeMs,
    notAfterMs,
    serial: null,
  }
}

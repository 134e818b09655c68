import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import { planCertificates } from '../../src/probes/certificates/plan.js'
import certificates from '../../src/probes/certificates.js'
import { nginx, proxy, site } from '../support/facts.js'
import { frameSection, readSection } from '../support/read-section.js'

const captures = ['debian-12', 'busybox-1.35', 'debian-12--no-openssl']

const textOf = (capture: string) =>
  readFileSync(new URL(`../fixtures/certificates/${capture}.txt`, import.meta.url), 'utf8')

describe('certificates', () => {
  it.each(captures)(
    'of %s: what the files hold, what is shown, and what an app shows that is asked without TLS',
    (capture) => {
      const { files, served, upstreams } = certificates.parse(readSection(certificates, capture))
      expect(files.map(({ path }) => path)).toEqual(['/etc/nginx/shop.crt', '/etc/nginx/bundle.pem'])
      expect(served.map(({ address, port, name }) => [address, port, name])).toEqual([
        ['127.0.0.1', 443, 'shop.example'],
        ['127.0.0.1', 8443, 'inner.example'],
      ])
      // Port 3999 is in no line of the log, so nobody greeted it by TLS.
      expect(upstreams.map(({ port }) => port)).toEqual([8443])
      for (const { certificate } of [...files, ...served, ...upstreams])
        expect(certificate).toMatchObject({ subject: 'shop.example', issuer: 'shop.example' })
    },
  )

  it('are dated as the certificate itself has it, by openssl and by curl', () => {
    for (const capture of captures) {
      const { files, served } = certificates.parse(readSection(certificates, capture))
      const pem = /-----BEGIN[^-]+-----[^-]+-----END CERTIFICATE-----/.exec(textOf(capture))?.[0] ?? ''
      const { validTo, serialNumber } = new X509Certificate(pem)
      for (const each of [...files, ...served]) expect(each.certificate?.notAfterMs).toBe(Date.parse(validTo))
      expect(files[0]?.certificate?.serial).toBe(serialNumber)
      expect(served[0]?.certificate?.serial).toBe(capture.endsWith('no-openssl') ? null : serialNumber)
    }
  })

  it('never come with the key that stands in the same file', () => {
    for (const capture of captures) expect(textOf(capture)).not.toMatch(/PRIVATE KEY/)
  })

  it('are none where nothing, or nothing whole, came back', () => {
    const text = [
      '@fleetdx part file 1795500000 /etc/a.pem',
      '-----BEGIN CERTIFICATE-----',
      'bm90IG9uZQ==',
      '-----END CERTIFICATE-----',
      '@fleetdx part file 1795500000 /etc/b.pem',
      '-----BEGIN CERTIFICATE-----',
      '@fleetdx part served 127.0.0.1 443 -',
    ].join('\n')
    expect(certificates.parse(frameSection(certificates, text))).toEqual({
      files: [
        { path: '/etc/a.pem', modifiedMs: 1_795_500_000_000, certificate: null },
        { path: '/etc/b.pem', modifiedMs: 1_795_500_000_000, certificate: null },
      ],
      served: [{ address: '127.0.0.1', port: 443, name: null, certificate: null }],
      upstreams: [],
    })
  })
})

describe('what is asked', () => {
  const gateway = (overrides: Parameters<typeof nginx>[1] = {}) => {
    const tls = { port: 443, unixPath: null, isTls: true, isDefault: false }
    const listens = [
      { ...tls, address: '0.0.0.0' },
      { ...tls, address: '::' },
    ]
    const own = site({
      listens,
      certificates: ['/etc/a.pem'],
      locations: [proxy('http://127.0.0.1:3000'), proxy('http://10.0.0.7:3000'), proxy('https://127.0.0.1:3001')],
    })
    return knownValue(nginx([own, own], overrides))
  }

  it('is each file and each door once, and of the apps those of this host that are dialled without TLS', () => {
    const facts = gateway({ errorLogs: ['/var/log/nginx/error.log'] })
    expect(planCertificates(facts ? [facts] : [])).toEqual({
      files: ['/etc/a.pem'],
      doors: [{ address: '127.0.0.1', port: 443, name: 'classrooom.test' }],
      upstreams: [{ address: '127.0.0.1', port: 3000 }],
      logs: ['/var/log/nginx/error.log'],
    })
  })

  it('is nothing but files of a gateway that does not run', () => {
    const facts = gateway({ running: false })
    expect(planCertificates(facts ? [facts] : [])).toMatchObject({ files: ['/etc/a.pem'], doors: [], upstreams: [] })
  })
})

import { answer, gatewayAnswer, http, known, nginx, nowMs, servingFacts, site } from '../support/facts.js'
import type { PublicCases } from './public-case.js'

const tls = site({
  listens: [{ address: '0.0.0.0', port: 443, unixPath: null, isTls: true, isDefault: false }],
  certificates: ['/etc/letsencrypt/live/classrooom.test/fullchain.pem'],
})

/** The file has a certificate of yesterday, and visitors are shown one that ended a week ago. */
const renewed = (status: number, overrides: Parameters<typeof servingFacts>[0] = {}) => {
  const certificate = { subject: 'classrooom.test', names: ['classrooom.test'], issuer: 'R11', serial: '0A' }
  const day = 86_400_000
  return servingFacts({
    nginx: nginx([tls]),
    http: http(answer(), gatewayAnswer({ port: 443, status })),
    certificates: known({
      files: [
        {
          path: '/etc/letsencrypt/live/classrooom.test/fullchain.pem',
          modifiedMs: nowMs - day,
          certificate: { ...certificate, serial: '0B', notBeforeMs: nowMs - day, notAfterMs: nowMs + 89 * day },
        },
      ],
      served: [
        {
          address: '127.0.0.1',
          port: 443,
          name: 'classrooom.test',
          certificate: { ...certificate, notBeforeMs: nowMs - 97 * day, notAfterMs: nowMs - 7 * day },
        },
      ],
      upstreams: [],
    }),
    ...overrides,
  })
}

/** Certificates that visitors are shown. */
export default {
  4: {
    thread: 'alexdeathway/k9archiver#95',
    cause: 'cert-renewed-not-reloaded',
    grade: 'right',
    host: () => ({
      facts: renewed(200),
      apps: [{ name: 'classrooom', port: 3000, url: 'https://classrooom.test/' }],
      fromHere: [
        gatewayAnswer({
          url: 'https://classrooom.test/',
          address: 'classrooom.test',
          port: 443,
          status: 526,
          server: 'cloudflare',
        }),
      ],
    }),
  },
  5: {
    thread: 'scrimba/community#337',
    cause: 'cert-renewed-not-reloaded',
    grade: 'right',
    isUp: true,
    host: () => renewed(200),
  },
} satisfies PublicCases

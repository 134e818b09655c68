import { z } from 'zod'

/** What a certificate says; never a key. */
const certificateSchema = z.object({
  /** Its common name, or the whole subject; '' where it has none. */
  subject: z.string(),
  /** The names that it is for, `*.example.com` too. */
  names: z.array(z.string()),
  issuer: z.string(),
  notBeforeMs: z.number(),
  notAfterMs: z.number(),
  /** In hexadecimal; null where the tool that asked does not tell it. */
  serial: z.string().nullable(),
})

export const certificatesFactsSchema = z.object({
  /** Files that the gateways name; `certificate` is the first in the file, null where it has none that can be read. */
  files: z.array(
    z.object({ path: z.string(), modifiedMs: z.number().nullable(), certificate: certificateSchema.nullable() }),
  ),
  /** What a visitor is shown at each door with TLS; `name` is the one that was asked for. */
  served: z.array(
    z.object({
      address: z.string(),
      port: z.number(),
      name: z.string().nullable(),
      /** null where nothing, or no TLS, came back. */
      certificate: certificateSchema.nullable(),
    }),
  ),
  /** Servers that are dialled without TLS, and that a log of the gateway calls broken: what they show when greeted by TLS. */
  upstreams: z.array(z.object({ address: z.string(), port: z.number(), certificate: certificateSchema.nullable() })),
})

export type CertificatesFacts = z.infer<typeof certificatesFactsSchema>
export type Certificate = z.infer<typeof certificateSchema>

import { z } from 'zod'

/** A TCP socket that takes connections, one entry an address and port. */
export const listenerSchema = z.object({
  /** `0.0.0.0`, `::`, `127.0.0.1`, …; without brackets and zone. */
  address: z.string(),
  port: z.number(),
  /** Of a `::` listener: whether it takes IPv4 too; null = not known. True for every IPv4 address. */
  acceptsIpv4: z.boolean().nullable(),
  acceptsIpv6: z.boolean(),
  /** The processes that hold the socket; empty where they may not be seen. */
  pids: z.array(z.number()),
  processName: z.string().nullable(),
  uid: z.number().nullable(),
  /** Connections that wait to be accepted; null = not known. */
  queued: z.number().nullable(),
  /** How many may wait; null = not known. */
  backlog: z.number().nullable(),
})

export type Listener = z.infer<typeof listenerSchema>

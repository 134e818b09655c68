import { createHash } from 'node:crypto'
import { z } from 'zod'
import { captureVersion } from './host-capture.js'

/** The file in a folder of captures that says which run they are of. */
export const runFileName = 'run.json'

/** A run that was saved: when it was, and the file of each of its hosts, in the order of the inventory. */
export const runFileSchema = z.object({
  captureVersion: z.literal(captureVersion),
  fleetdxVersion: z.string(),
  startedAt: z.iso.datetime(),
  elapsedMs: z.number(),
  interrupted: z.boolean(),
  hosts: z.array(z.object({ name: z.string(), file: z.string().regex(/^hosts\/[^/]+\.json$/) })),
})

/**
 * Where the capture of a host is in the folder of its run. A name that a file system could take for another one, or for
 * a path, loses its odd characters and gains a hash: `root@[::1]:2222` → `hosts/root_1_2222-8f14e45f.json`.
 */
export function fileOf(host: string): string {
  // sample: web-01.example.com
  const isPlain = /^[a-z0-9][a-z0-9._-]{0,99}$/.test(host)
  const words = host.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replace(/^[._-]+/, '')
  const hash = createHash('sha256').update(host).digest('hex').slice(0, 8)
  return `hosts/${isPlain ? host : `${words.slice(0, 90)}-${hash}`}.json`
}

import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Text } from '../report/formats.js'

/** Writes a text, no faster than it is taken. What keeps a stream from taking it is told by its own `error`. */
export async function writeText(stream: Writable, text: Text): Promise<void> {
  for (const piece of typeof text === 'string' ? [text] : text) {
    if (!stream.writable) return
    if (!stream.write(piece)) await once(stream, 'drain').catch(() => {})
  }
}

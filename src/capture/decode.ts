import { constants, gunzipSync, inflateRawSync } from 'node:zlib'
import { isOutput } from '../collect/output.js'
import { sanitize } from '../sanitize.js'

/** More than any capture has: the limits of all probes together are below it. */
export const mostBytes = 64 * 1024 * 1024

/**
 * The text of a saved file, whichever way it came: as it is, in UTF-16 (a redirection of PowerShell), gzipped, or gzipped
 * and in base64, which survives being copied from a screen that breaks its lines. Free of terminal controls.
 */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return sanitize(unpack(() => gunzipSync(bytes, limits)))
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = sanitize(bytes.toString(isUtf16 ? 'utf16le' : 'utf8'))
  if (isOutput(text)) return text
  // sample: H4sIAAAAAAACA6… (the first bytes of gzip's output), over many lines
  const packed = /^H4sIA[A-Za-z0-9+/\s]+/m.exec(text)?.[0]
  return packed === undefined
    ? text
    : sanitize(unpack(() => inflateRawSync(Buffer.from(packed, 'base64').subarray(10), limits)))
}

/** A text without its end gives what is there. */
const limits = { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH }

/** What is no gzip after all is no text either. */
function unpack(work: () => Buffer): string {
  try {
    return work().toString('utf8')
  } catch {
    return ''
  }
}

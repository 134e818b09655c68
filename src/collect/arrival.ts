/** Some output of a host, and when it came, in epoch milliseconds of this machine's clock. */
export interface Piece {
  bytes: Buffer
  atMs: number
}

/** When a text was here to its end; undefined where it is not in the output. */
export function arrivalOf(text: string, pieces: readonly Piece[]): number | undefined {
  const start = Buffer.concat(pieces.map(({ bytes }) => bytes)).indexOf(text)
  if (start < 0) return undefined
  const end = start + Buffer.byteLength(text)
  let length = 0
  for (const { bytes, atMs } of pieces) {
    length += bytes.length
    if (length >= end) return atMs
  }
  return undefined
}

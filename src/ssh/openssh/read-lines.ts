import type { Readable } from 'node:stream'

/** What is kept of one line; a longer one is read on, and forgotten. */
const mostBytes = 4096

/** Calls back with every line as it is complete, whatever its length; the last one needs no line feed. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let begun = ''
  const take = (text: string) => {
    const [first = '', ...others] = text.split(/\r*\n/)
    begun = (begun + first).slice(0, mostBytes)
    for (const line of others) {
      onLine(begun)
      begun = line.slice(0, mostBytes)
    }
  }
  stream.setEncoding('latin1').on('data', take)
  stream.once('end', () => {
    if (begun !== '') onLine(begun)
  })
  stream.on('error', () => {})
}

import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Adds a line to a known_hosts file, which is made with its folder if need be, for its owner only. It is one write at
 * the end of the file (O_APPEND), so that lines which others add at the same time stay whole, and a link stays one.
 * Throws what the file system says.
 */
export function appendKnownHost(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const handle = openSync(file, 'a+', 0o600)
  try {
    const bytes = Buffer.from(`${endsInLine(handle) ? '' : '\n'}${line}\n`)
    if (writeSync(handle, bytes) < bytes.length) throw new Error('ENOSPC: the line could not be written whole')
  } finally {
    closeSync(handle)
  }
}

/** Whether what is added begins a line: a file that an editor left without its last line feed does not. */
function endsInLine(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size === 0 || readSync(handle, last, 0, 1, size - 1) === 0 || last.toString() === '\n'
}

import type { Readable, Writable } from 'node:stream'

type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number }

/** What a command reads and writes: the process's own streams, or a test's. */
export interface CommandIo {
  stdout: Output
  stderr: Output
  stdin: Readable & { isTTY?: boolean }
  env: NodeJS.ProcessEnv
  cwd: string
}

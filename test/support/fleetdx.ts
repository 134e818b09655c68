import { type ExecFileException, execFile } from 'node:child_process'
import { runRecordSchema } from '../../src/record.js'

/** The built command line, as a user runs it. Needs `npm run build` before. */
const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname

export interface Ran {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs `fleetdx WORDS` in a process of its own, with no terminal. */
export function fleetdx(
  words: string[],
  options: { env?: NodeJS.ProcessEnv; input?: string; cwd?: string } = {},
): Promise<Ran> {
  const { env = {}, input, cwd } = options
  return new Promise((resolve) => {
    const settings = {
      env: { ...process.env, ...env },
      maxBuffer: 256 * 1024 * 1024,
      ...(cwd !== undefined && { cwd }),
    }
    const child = execFile(
      process.execPath,
      [program, ...words],
      settings,
      (error: ExecFileException | null, stdout, stderr) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
      },
    )
    child.stdin?.end(input ?? '')
  })
}

/** Runs a check and reads its record, which must be one. */
export async function checkRecord(words: string[]) {
  const { exitCode, stdout, stderr } = await fleetdx(['check', ...words, '--format', 'json'])
  if (stdout === '') throw new Error(`no record (exit code ${exitCode}): ${stderr}`)
  return { exitCode, record: runRecordSchema.parse(JSON.parse(stdout)) }
}

import { expect } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { type CredentialSources, loadCredentials } from '../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../src/ssh/connect.js'
import { type CommandEnd, type CommandOptions, ConnectFailure, type Session } from '../../src/ssh/session.js'

/** Connects to one host as a run would, and leaves nothing open. */
export async function reach<T>(
  host: Host,
  use: (session: Session) => Promise<T>,
  { sources = { env: {} } as CredentialSources, signal = new AbortController().signal } = {},
): Promise<T> {
  const shared = shareConnections(await loadCredentials([host], sources))
  try {
    const session = await connect(host, { shared, signal })
    try {
      return await use(session)
    } finally {
      session.close()
    }
  } finally {
    shared.close()
  }
}

/** The failure to reach a host. */
export async function failToReach(host: Host, options: Parameters<typeof reach>[2] = {}): Promise<ConnectFailure> {
  const failure = await reach(host, async () => undefined, options).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ConnectFailure)
  if (failure instanceof ConnectFailure) return failure
  throw failure
}

/** Runs a command with generous limits, its output gathered. */
export async function runCommand(
  session: Session,
  command: string,
  limits: Partial<CommandOptions> = {},
): Promise<CommandEnd & { output: string }> {
  const pieces: Buffer[] = []
  const end = await session.run(command, {
    input: '',
    onOutput: (piece) => pieces.push(piece),
    maxBytes: 100_000_000,
    timeoutMs: 30_000,
    signal: new AbortController().signal,
    ...limits,
  })
  return { ...end, output: Buffer.concat(pieces).toString() }
}

/** Why a host could not be reached. Each is one word of the comparison table. */
export type ConnectReason =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'no-banner'
  | 'protocol'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'auth'
  | 'jump'
  | 'closed'

/** The step at which connecting failed. */
export type ConnectPhase = 'resolve' | 'connect' | 'banner' | 'handshake' | 'host-key' | 'auth' | 'channel'

/** A host that could not be reached: data for a row of the table, never the end of a run. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure'
  readonly reason: ConnectReason
  readonly phase: ConnectPhase
  /** `user@address:port` of the server that failed: the host itself, or the jump host before it. */
  readonly hop: string
  /** The next step for the person who reads it, as an exact command where there is one. */
  readonly mend: string | undefined

  constructor(
    message: string,
    details: { reason: ConnectReason; phase: ConnectPhase; hop: string; mend?: string; cause?: unknown },
  ) {
    super(message, { cause: details.cause })
    this.reason = details.reason
    this.phase = details.phase
    this.hop = details.hop
    this.mend = details.mend
  }
}

/** What one command run leaves behind, its output apart. */
export interface CommandEnd {
  /** null when it was ended by a signal, or when the connection went before it said. */
  exitCode: number | null
  /** The first 4 KiB of standard error, decoded. */
  stderr: string
  /** Why it ended before its time, if it did. `refused` = it never began; `stderr` then says what the host answered. */
  cut?: 'deadline' | 'too-much-output' | 'connection-lost' | 'aborted' | 'refused'
}

/** How one command is run. */
export interface CommandOptions {
  /** Written to standard input, which is then closed. */
  input: string
  /** Called with every piece of standard output, in order, as it arrives. */
  onOutput: (piece: Buffer) => void
  /** Output past this many bytes ends the command (`too-much-output`). */
  maxBytes: number
  /** Milliseconds until the command is given up (`deadline`). */
  timeoutMs: number
  /** Aborting gives the command up (`aborted`). */
  signal: AbortSignal
}

/** A host that answers: the one thing that collection needs of a transport, whatever carries it. */
export interface Session {
  /** Runs a command line in the user's login shell. Never throws for what the remote side does: how it went is in the result. */
  run(command: string, options: CommandOptions): Promise<CommandEnd>
  /** Ends the connection; safe to call twice. */
  close(): void
}

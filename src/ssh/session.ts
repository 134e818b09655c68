import type { Readable } from 'node:stream'

/**
 * Why a host could not be reached. Each is one word of the comparison table. `config`: what its settings ask for cannot be
 * done. `not-tried`: the login was refused elsewhere, and is kept back here.
 */
export type ConnectReason =
  | 'config'
  | 'not-tried'
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
export type ConnectPhase = 'config' | 'resolve' | 'connect' | 'banner' | 'handshake' | 'host-key' | 'auth' | 'channel'

/** The deadline that ended the attempt. */
export type ConnectLimit = 'connect' | 'handshake' | 'host' | 'run'

/** Why it may be different a moment later: the server or the name server is `busy`, or shuts this address out for a while. */
export type TransientKind = 'busy' | 'penalty'

/** What is known of a failure, its sentence apart. */
export interface FailureDetails {
  reason: ConnectReason
  phase: ConnectPhase
  /** `user@address:port` of the server that failed: the host itself, or a jump host before it. */
  hop: string
  /** The next step for the person who reads it, as an exact command where there is one. */
  mend?: string | undefined
  limit?: ConnectLimit | undefined
  transient?: TransientKind | undefined
  cause?: unknown
}

/** A host that could not be reached: data for a row of the table, never the end of a run. */
export class ConnectFailure extends Error implements FailureDetails {
  override readonly name = 'ConnectFailure'
  readonly reason: ConnectReason
  readonly phase: ConnectPhase
  readonly hop: string
  readonly mend: string | undefined
  readonly limit: ConnectLimit | undefined
  readonly transient: TransientKind | undefined

  constructor(message: string, details: FailureDetails) {
    super(message, { cause: details.cause })
    this.reason = details.reason
    this.phase = details.phase
    this.hop = details.hop
    this.mend = details.mend
    this.limit = details.limit
    this.transient = details.transient
  }

  /** The same failure in other words. */
  restate(message: string, details: Partial<FailureDetails> = {}): ConnectFailure {
    return new ConnectFailure(message, { ...this, cause: this, ...details })
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
  /** Further input, as it comes: standard input stays open until this ends, or the command is given up. */
  more?: Readable
  /** Called with every piece of standard output, in order, as it arrives. */
  onOutput: (piece: Buffer) => void
  /** Output past this many bytes ends the command (`too-much-output`). */
  maxBytes: number
  /** Milliseconds until the command is given up (`deadline`); none, when not given. */
  timeoutMs?: number
  /** Aborting gives the command up (`aborted`). */
  signal: AbortSignal
}

/** What carries a session, and why it is the system's `ssh` where the user did not ask for it. */
export interface TransportUse {
  kind: 'ssh2' | 'openssh' | 'local'
  because?: string
}

/** A host that answers: the one thing that collection needs of a transport, whatever carries it. */
export interface Session {
  readonly transport: TransportUse
  /** Runs a command line in the user's login shell. Never throws for what the remote side does: how it went is in the result. */
  run(command: string, options: CommandOptions): Promise<CommandEnd>
  /** Ends the connection; safe to call twice. */
  close(): void
}

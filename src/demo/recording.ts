import type { CommandOptions, Session } from '../ssh/session.js'

/**
 * A recording: what a host sent in the rounds of one collection, as text, with the nonce of that run replaced by this
 * word. Whoever plays it back puts the nonce of its own run in its place.
 */
const nonceWord = '@fleetdx-recorded'

// sample: fx=@fleetdx-0123456789abcdef01234567
const noncePattern = /@fleetdx-[0-9a-f]{24}/

/** A session that passes everything on, and keeps what the host sends. */
export function recordSession(session: Session): Session & { recording(): string } {
  const rounds: string[] = []
  return {
    transport: session.transport,
    close: () => session.close(),
    recording: () => rounds.join(''),
    async run(command, options: CommandOptions) {
      const pieces: Buffer[] = []
      const end = await session.run(command, {
        ...options,
        onOutput: (piece) => {
          pieces.push(piece)
          options.onOutput(piece)
        },
      })
      const nonce = noncePattern.exec(options.input)?.[0] ?? ''
      rounds.push(Buffer.concat(pieces).toString('utf8').replaceAll(nonce, nonceWord))
      return end
    },
  }
}

/**
 * The output of one round (0 or 1) of a recording, for the run whose script this is, which is told that its clock is of the
 * past; '' where there is no such round.
 */
export function playRound(recording: string, round: number, script: string): string {
  const nonce = noncePattern.exec(script)?.[0] ?? ''
  const end = `\n${nonceWord} done\n`
  const text = recording.split(end)[round]
  return text === undefined || text === '' ? '' : `\n${nonceWord} recorded\n${text}${end}`.replaceAll(nonceWord, nonce)
}

import { setTimeout as pause } from 'node:timers/promises'
import type { CommandEnd, Session } from './session.js'

/** Milliseconds between asking again. */
const waitsMs = [10, 20, 50, 100, 200, 400]

/**
 * The same session, for what lies between: a server of few sessions at a time (sshd's MaxSessions 1) may need a moment to let
 * go of the command before, so that what it refuses after it has run something is asked for again; nothing of it had begun.
 * And where the connection is lost, `findLoss` says whether it was that of the jump host.
 */
export function createPatientSession(
  session: Session,
  findLoss: () => Promise<Error | undefined> = async () => undefined,
): Session {
  let hasRun = false
  const runAgain = async (run: () => Promise<CommandEnd>, signal: AbortSignal): Promise<CommandEnd> => {
    for (const waitMs of hasRun ? waitsMs : []) {
      const end = await run()
      if (end.cut !== 'refused' || signal.aborted) return end
      await pause(waitMs)
    }
    return run()
  }
  return {
    transport: session.transport,
    close: session.close,
    async run(command, options) {
      const end = await runAgain(() => session.run(command, options), options.signal)
      hasRun ||= end.cut === undefined
      const loss = end.cut === 'connection-lost' ? await findLoss() : undefined
      return loss ? { ...end, stderr: loss.message } : end
    },
  }
}

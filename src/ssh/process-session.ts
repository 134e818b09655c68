import type { CommandEnd, CommandOptions, Session, TransportUse } from './session.js'

/** A command that is a process of this machine; `lose` ends it as a lost connection would. */
export interface RunningCommand {
  ended: Promise<CommandEnd>
  lose: () => void
}

/** A session whose commands are processes of this machine: closing it loses those that run, and all that come after. */
export function createProcessSession(
  transport: TransportUse,
  start: (command: string, options: CommandOptions) => RunningCommand,
  release: () => void = () => {},
): Session {
  const running = new Set<() => void>()
  let closed = false
  return {
    transport,
    async run(command, options) {
      const { ended, lose } = start(command, options)
      running.add(lose)
      if (closed) lose()
      return ended.finally(() => running.delete(lose))
    },
    close() {
      closed = true
      for (const lose of running) lose()
      release()
    },
  }
}

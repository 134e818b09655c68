import { Interrupted } from '../time-limit.js'

/** What asks a process to end: Ctrl-C, a service manager, a terminal that was closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Ctrl-C, once: aborts the signal, so that the run ends with what it has. A second one ends the process at once, as ever;
 * what was started on hosts ends there by itself, since nobody holds its standard input any more.
 */
export function onInterrupt(say: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      dispose()
      process.kill(process.pid, signal)
    } else {
      say()
      controller.abort(new Interrupted())
    }
  }
  // Not `once`: log-update's signal-exit ends the process as soon as it is the only one that listens.
  for (const signal of signals) process.on(signal, stop)
  const dispose = () => {
    for (const signal of signals) process.off(signal, stop)
  }
  return { signal: controller.signal, dispose }
}

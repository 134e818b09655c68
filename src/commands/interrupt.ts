/** Ctrl-C, once: aborts the signal, so that the run ends with what it has. A second Ctrl-C ends the process as ever. */
export function onInterrupt(say: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      dispose()
      process.kill(process.pid, signal)
    } else {
      say()
      controller.abort()
    }
  }
  // Not `once`: log-update's signal-exit ends the process as soon as it is the only one that listens.
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const dispose = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return { signal: controller.signal, dispose }
}

/** Ctrl-C, once: aborts the signal, so that the run ends with what it has. A second Ctrl-C ends the process as ever. */
export function onInterrupt(say: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const stop = () => {
    say()
    controller.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const dispose = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return { signal: controller.signal, dispose }
}

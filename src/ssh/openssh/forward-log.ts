/** Why channels through a control master were not opened: its log says so, and the `ssh` that wanted one is not told. */
export interface ForwardLog {
  read(line: string): void
  failure(address: string, port: number): Promise<string | undefined>
}

/** The log may come a moment after the end of the `ssh` that is meant. */
const graceMs = 1000

export function createForwardLog(): ForwardLog {
  const targets = new Map<string, string>()
  const failures = new Map<string, string>()
  const waiting = new Map<string, () => void>()
  let wanted: string | undefined
  const read = (line: string) => {
    // sample: debug1: channel_connect_stdio_fwd: 192.0.2.1:22 (without the first colon in 7.4)
    wanted = /^debug1: channel_connect_stdio_fwd:? (.*)$/.exec(line)?.[1] ?? wanted
    // sample: debug1: channel 2: new stdio-forward [stdio-forward] (inactive timeout: 0)
    const opened = /^debug1: channel (\d+): new .*stdio-forward/.exec(line)?.[1]
    if (opened !== undefined && wanted !== undefined) targets.set(opened, wanted)
    // sample: channel 2: open failed: connect failed: Connection refused
    const [, channel = '', words = ''] = /^channel (\d+): open failed: (.*)$/.exec(line) ?? []
    const target = targets.get(channel)
    if (target === undefined) return
    failures.set(target, words)
    waiting.get(target)?.()
  }
  const failure = async (address: string, port: number) => {
    const target = `${address}:${port}`
    if (!failures.has(target)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs).unref()
        waiting.set(target, () => {
          clearTimeout(timer)
          resolve()
        })
      })
      waiting.delete(target)
    }
    return failures.get(target)
  }
  return { read, failure }
}

import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import { killGroup } from './guard.js'
import { type Mux, startClient, writeClient } from './mux.js'
import { readLines } from './read-lines.js'
import { ssh } from './ssh-options.js'

/** Why a server opened no channel (RFC 4254, 5.1), as `ssh` words it. */
const reasons: Readonly<Record<string, number>> = {
  'administratively prohibited': 1,
  'connect failed': 2,
  'unknown channel type': 3,
  'resource shortage': 4,
}

/** A channel that a server did not open: `reason` is the number of RFC 4254, 5.1, absent when the connection is gone. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused'
  readonly reason: number | undefined

  constructor(words: string, reason: number | undefined) {
    super(words)
    this.reason = reason
  }
}

type ChannelTarget = Pick<Endpoint, 'address' | 'port'>

/** Opens a channel from the server to an address. Rejects with `ChannelRefused`. */
export function openMuxChannel(mux: Mux, target: ChannelTarget, signal: AbortSignal): Promise<Duplex> {
  const { address, port } = target
  const child = startClient([...writeClient(mux), '-v', '-W', `[${address}]:${port}`, '--', mux.name])
  return new Promise((resolve, reject) => {
    let isOpen = false
    const abort = () => killGroup(child)
    const refuse = async () => {
      signal.removeEventListener('abort', abort)
      if (!isOpen) reject(await explainRefusal(mux, target))
    }
    readLines(child.stderr, (line) => {
      // sample: debug1: mux_client_request_stdio_fwd: master session id: 2
      if (isOpen || !/: master session id: /.test(line)) return
      isOpen = true
      signal.removeEventListener('abort', abort)
      resolve(toStream(child))
    })
    child.once('exit', () => void refuse())
    child.once('error', () => void refuse())
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}

/** Why no channel was opened to an address, lately. */
export async function explainRefusal(mux: Mux, { address, port }: ChannelTarget): Promise<ChannelRefused> {
  if (mux.isOver()) return new ChannelRefused('the connection is gone', undefined)
  const words = (await mux.forwardFailure(address, port)) ?? t`it does not say why`
  // sample: connect failed: Connection refused
  const [, kind = '', said = words] = /^([a-z ]+): (.*)$/.exec(words) ?? []
  return new ChannelRefused(said, reasons[kind] ?? 1)
}

function toStream(child: ChildProcessWithoutNullStreams): Duplex {
  const stream = new Duplex({
    read: () => void child.stdout.resume(),
    // That it no longer reads is told by its end.
    write: (piece, _encoding, done) => void child.stdin.write(piece, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      for (const pipe of child.stdio) pipe?.destroy()
      killGroup(child)
      child.unref()
      done(error)
    },
  })
  child.stdout.on('data', (piece: Buffer) => {
    if (!stream.push(piece)) child.stdout.pause()
  })
  child.stdout.once('end', () => stream.push(null))
  return stream
}

/** The ProxyCommand by which another `ssh` reaches its server through this connection. */
export function writeProxyCommand(mux: Mux): string {
  const words = [...writeClient(mux), '-v', '--', mux.name].map((word) => quote(word.replaceAll('%', '%%')))
  return `${ssh} -W '[%h]:%p' ${words.join(' ')}`
}

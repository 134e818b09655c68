import type { ServerChannel } from 'ssh2'
import { isWholeRound } from '../../src/collect/script.js'
import type { LoopbackHost } from './inventory.js'
import { type OddServer, startSshServer } from './odd-servers.js'

/** A host on loopback that lets anybody in and then misbehaves. */
export type OddHost = OddServer & LoopbackHost

/** What a host does with the script that it is sent; `close` cuts the connection. */
export type Misbehave = (channel: ServerChannel, close: () => void) => void

/** Starts a host that speaks SSH, takes any key, and answers every script in its own way. */
export async function startOddHost(misbehave: Misbehave): Promise<OddHost> {
  const server = await startSshServer({}, (client) => {
    client.on('authentication', (login) => login.accept())
    client.on('session', (accept) => accept().on('exec', (acceptExec) => misbehave(acceptExec(), () => client.end())))
  })
  const knownHosts = `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`
  return { ...server, knownHosts }
}

/** Answers every script with noise that has no frames, and ends well. */
export const sendGarbage: Misbehave = (channel) => {
  channel.write(Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 89) % 256)))
  channel.exit(0)
  channel.end()
}

/** Sends a gigabyte, as fast as it is taken. */
export const sendGigabyte: Misbehave = (channel) => {
  const piece = Buffer.alloc(64 * 1024, 'x')
  let leftBytes = 1024 ** 3
  const pour = () => {
    while (leftBytes > 0) {
      leftBytes -= piece.length
      if (!channel.write(piece)) return
    }
    channel.end()
  }
  channel.on('drain', pour).on('error', () => {})
  pour()
}

/** Sends a byte ten times a second, for ever. */
export const drip: Misbehave = (channel) => {
  const timer = setInterval(() => channel.write('x'), 100)
  channel.on('error', () => {}).once('close', () => clearInterval(timer))
}

/** Takes the script and says nothing. */
export const staySilent: Misbehave = (channel) => {
  channel.on('error', () => {})
}

/** Begins to answer the script, and cuts the connection in the middle of a section. */
export const closeInTheMiddle: Misbehave = (channel, close) => {
  let script = ''
  channel
    .on('error', () => {})
    .on('data', (piece: Buffer) => {
      script += piece.toString()
      if (isWholeRound(script)) answer()
    })
  const answer = () => {
    // sample: @fleetdx-0f3c…
    const nonce = /@fleetdx-[0-9a-f]+/.exec(script)?.[0]
    channel.write(`\n${nonce} right ops not-tried\n${nonce} begin host 1000\nPRETTY_NAME="Deb`, close)
  }
}

import type { Client, ClientChannel } from 'ssh2'
import { t } from '../../language/language.js'
import { type CommandWatch, sendInput, watchCommand } from '../command-watch.js'
import type { CommandEnd, CommandOptions, Session } from '../session.js'
import type { OpenClient } from './open-client.js'

/** A session over an ssh2 client that is logged in: each command gets its own exec channel, without a terminal. */
export function createSsh2Session({ client, close }: OpenClient): Session {
  const link = { lost: false }
  // ssh2 says `close` before it ends the channels, so a channel that ends can tell why.
  client.once('close', () => {
    link.lost = true
  })
  return { transport: { kind: 'ssh2' }, run: (command, options) => runOnChannel(client, link, command, options), close }
}

interface Link {
  lost: boolean
}

function runOnChannel(client: Client, link: Link, command: string, options: CommandOptions): Promise<CommandEnd> {
  let channel: ClientChannel | undefined
  const letGo = (opened: ClientChannel) => (options.more && !watch.isSilent() ? opened.close() : abandon(opened))
  const watch = watchCommand(options, () => channel && letGo(channel))
  if (watch.isOver()) return watch.ended
  try {
    client.exec(command, (error, opened) => {
      channel = opened
      if (error) return refuse(watch, link, error)
      if (watch.isOver()) return abandon(opened)
      follow(opened, watch, link)
      sendInput(opened, options)
    })
  } catch {
    // ssh2 throws when the connection is already gone.
    watch.finish(null, 'connection-lost')
  }
  return watch.ended
}

function refuse(watch: CommandWatch, link: Link, error: Error): void {
  if (!link.lost) watch.takeError(Buffer.from(t`the server did not run the command: ${error.message}`))
  watch.finish(null, link.lost ? 'connection-lost' : 'refused')
}

function follow(channel: ClientChannel, watch: CommandWatch, link: Link): void {
  channel.on('data', (piece: Buffer) => watch.takeOutput(piece))
  channel.stderr.on('data', (piece: Buffer) => watch.takeError(piece))
  channel.on('error', () => {})
  channel.once('close', (code: number | null | undefined) => {
    const finish = () => watch.finish(code ?? null, link.lost ? 'connection-lost' : undefined)
    // Standard error may still hold pieces when the channel says that it is closed.
    if (channel.stderr.readableEnded) finish()
    else channel.stderr.once('end', finish)
  })
}

/**
 * Lets go of a command. What watches its standard input, and has begun, ends itself and all that it started as soon as the
 * channel is closed. Others do not notice: they are sent a signal, which sshd takes from OpenSSH 7.9 on.
 */
function abandon(channel: ClientChannel): void {
  channel.signal('KILL')
  channel.close()
}

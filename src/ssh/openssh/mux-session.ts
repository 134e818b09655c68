import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { t } from '../../language/language.js'
import { type CommandWatch, sendInput, watchCommand } from '../command-watch.js'
import { createProcessSession, type RunningCommand } from '../process-session.js'
import type { CommandOptions, Session, TransportUse } from '../session.js'
import { killGroup } from './guard.js'
import { isMasterAlive, type Mux, startClient, writeClient } from './mux.js'

/** A session over a control master: each command is an `ssh` of its own that goes through it. */
export function createMuxSession(mux: Mux, transport: TransportUse): Session {
  return createProcessSession(transport, (command, options) => runOverMux(mux, command, options), mux.close)
}

function runOverMux(mux: Mux, command: string, options: CommandOptions): RunningCommand {
  let kill = () => {}
  const watch = watchCommand(options, () => kill())
  const lose = () => {
    watch.finish(null, 'connection-lost')
    kill()
  }
  if (mux.isOver()) watch.finish(null, 'connection-lost')
  if (watch.isOver()) return { ended: watch.ended, lose }
  // Its own words go to a file, so that standard error is the remote side's alone.
  const log = join(mux.folder, `${randomUUID()}.log`)
  const child = startClient([...writeClient(mux), ...mux.sentEnvironment, '-vv', '-E', log, '--', mux.name, command])
  kill = () => {
    for (const stream of child.stdio) stream?.destroy()
    killGroup(child)
  }
  child.stdout.on('data', (piece: Buffer) => watch.takeOutput(piece))
  child.stderr.on('data', (piece: Buffer) => watch.takeError(piece))
  child.once('error', (error) => {
    watch.takeError(Buffer.from(t`the command did not start: ${error.message}`))
    watch.finish(null, 'refused')
  })
  child.once('close', () => void finish(mux, log, watch))
  sendInput(child.stdin, options)
  return { ended: watch.ended, lose }
}

/** How a command ended stands in the log of its `ssh`: 255 alone may be a signal, a lost connection, or the command's own. */
async function finish(mux: Mux, log: string, watch: CommandWatch): Promise<void> {
  const text = await readFile(log, 'latin1').catch(() => '')
  await rm(log, { force: true }).catch(() => {})
  // sample: debug2: Received exit status from master 3
  const status = /Received exit status from master (\d+)/.exec(text)?.[1]
  if (status !== undefined) return watch.finish(Number(status))
  if (watch.isOver()) return
  if (mux.isOver() || !(await isMasterAlive(mux.socket, mux.name))) return watch.finish(null, 'connection-lost')
  // sample: mux_client_request_session: session request failed: Session open refused by peer
  const refusal = /(?:session request failed|refused session request): (.*)/.exec(text)?.[1]
  if (refusal === undefined) return watch.finish(null)
  watch.takeError(Buffer.from(t`the server did not run the command: ${refusal.trim()}`))
  watch.finish(null, 'refused')
}

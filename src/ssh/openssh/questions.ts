import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { askpass } from '../proxy-refusal.js'

/** What `ssh` wants to know, or to have shown. */
interface SshQuestion {
  /** As `ssh` words it; a part may be the server's own words. */
  prompt: string
  kind: 'answer' | 'confirm' | 'none'
  /** Resolves when `ssh` does not wait any longer. */
  over: Promise<void>
}

/**
 * Resolves to undefined where there is no answer. Then `ssh` is left to wait, and has to be ended: it would take no answer
 * for an empty one, and send that.
 */
export type AnswerSsh = (question: SshQuestion) => Promise<string | undefined>

/** Where the questions of one `ssh` come in. */
export interface QuestionDesk {
  /** What `ssh` needs in its environment to bring them. */
  env: NodeJS.ProcessEnv
  close(): void
}

const questionSchema = z.object({
  prompt: z.string().max(10_000),
  kind: z.enum(['answer', 'confirm', 'none']).catch('answer'),
})
const mostBytes = 64 * 1024

/**
 * Answers what `ssh` asks, over a socket in its private folder: no answer is ever in an argument, an environment or a file.
 * SSH_ASKPASS_REQUIRE is of OpenSSH 8.4; before it, a DISPLAY and no terminal are what counts.
 */
export async function openQuestionDesk(folder: string, answer: AnswerSsh): Promise<QuestionDesk> {
  const socketPath = join(folder, 'ask')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    receive(socket, answer)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve))
  server.unref()
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  const env = {
    SSH_ASKPASS: askpass,
    SSH_ASKPASS_REQUIRE: 'force',
    DISPLAY: process.env.DISPLAY || ':0',
    FLEETDX_NODE: process.execPath,
    FLEETDX_ASK_SOCKET: socketPath,
  }
  return { env, close }
}

function receive(socket: Socket, answer: AnswerSsh): void {
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  let text = ''
  const take = (piece: string) => {
    text += piece
    if (text.length > mostBytes) return void socket.destroy()
    if (!text.includes('\n')) return
    socket.off('data', take)
    const question = parseQuestion(text)
    if (!question) return void socket.destroy()
    void answer({ ...question, over }).then((said) => {
      if (said !== undefined) socket.end(`${said.replace(/[\r\n].*/s, '')}\n`)
    })
  }
  socket.on('error', () => {})
  socket.setEncoding('utf8').on('data', take)
}

function parseQuestion(text: string): z.infer<typeof questionSchema> | undefined {
  try {
    return questionSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

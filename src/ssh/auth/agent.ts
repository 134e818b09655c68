import { connect } from 'node:net'
import { t } from '../../language/language.js'
import { readKeyType, readString, toUint32, wrapString } from '../key-blob.js'

/** A key that an agent holds, of whatever type. */
export interface AgentKey {
  blob: Buffer
  type: string
}

/** What an agent holds, and how it signs. */
export interface Agent {
  keys: AgentKey[]
  /**
   * Signs as an SSH server wants it; `hash` chooses it for an RSA key. May wait for a person (`ssh-add -c`). Rejects with a
   * sentence that says why it did not.
   */
  sign: (blob: Buffer, data: Buffer, hash: string | undefined) => Promise<Buffer>
}

/** How long an agent may take, in milliseconds: to list its keys, and to sign, which is as long as sshd waits for a login. */
interface AgentLimits {
  listMs: number
  signMs: number
}

const LIMITS: AgentLimits = { listMs: 5000, signMs: 120_000 }

/** The bounds that OpenSSH has (authfd.c): bytes of an answer, and keys in it. */
const MAX_ANSWER_BYTES = 256 * 1024
const MAX_KEYS = 2048

// draft-miller-ssh-agent, 5.1
const REQUEST_IDENTITIES = 11
const IDENTITIES_ANSWER = 12
const SIGN_REQUEST = 13
const SIGN_RESPONSE = 14
const RSA_FLAGS: Record<string, number> = { sha256: 2, sha512: 4 }
const RSA_SIGNATURES: Record<string, string> = { sha256: 'rsa-sha2-256', sha512: 'rsa-sha2-512' }

/**
 * Asks the agent at a socket (`SSH_AUTH_SOCK`) for its keys. ssh2's own client of agents is not used, because it drops
 * the keys that it cannot read, and waits for ever. Rejects with a sentence that says why there are none.
 */
export async function openAgent(socketPath: string, { listMs, signMs } = LIMITS): Promise<Agent> {
  const answer = await ask(socketPath, Buffer.from([REQUEST_IDENTITIES]), listMs)
  if (answer[0] !== IDENTITIES_ANSWER) throw new Error(t`the agent at ${socketPath} does not list its keys`)
  return {
    keys: readKeys(answer),
    async sign(blob, data, hash) {
      const request = [
        Buffer.from([SIGN_REQUEST]),
        wrapString(blob),
        wrapString(data),
        toUint32(RSA_FLAGS[hash ?? ''] ?? 0),
      ]
      return readSignature(await ask(socketPath, Buffer.concat(request), signMs), blob, hash)
    },
  }
}

function readKeys(answer: Buffer): AgentKey[] {
  const keys: AgentKey[] = []
  let offset = 5
  while (keys.length < MAX_KEYS) {
    const blob = readString(answer, offset)
    const comment = blob && readString(answer, offset + 4 + blob.length)
    if (!comment) break
    keys.push({ blob, type: readKeyType(blob) ?? 'unknown' })
    offset += 8 + blob.length + comment.length
  }
  return keys
}

/** The signature without the name of its algorithm, which is as wanted. */
function readSignature(answer: Buffer, blob: Buffer, hash: string | undefined): Buffer {
  const signature = answer[0] === SIGN_RESPONSE ? readString(answer, 1) : undefined
  if (!signature) {
    throw new Error(t`the agent refused to sign: it is locked, nobody confirmed it, or the key is for other hosts only`)
  }
  const wanted = RSA_SIGNATURES[hash ?? ''] ?? readKeyType(blob)
  const given = readKeyType(signature)
  if (given !== wanted) throw new Error(t`the agent signs as ${given}, and the server wants ${wanted}`)
  return readString(signature, 4 + (given?.length ?? 0)) ?? Buffer.alloc(0)
}

/** One question over a connection of its own. A waiting agent never keeps the process. */
async function ask(socketPath: string, request: Buffer, limitMs: number): Promise<Buffer> {
  const socket = connect(socketPath, () => socket.write(wrapString(request))).unref()
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const fail = (says: string) => reject(new Error(says))
      timer = setTimeout(
        () => fail(t`the agent at ${socketPath} did not answer in ${limitMs / 1000} s`),
        limitMs,
      ).unref()
      let heard: Buffer = Buffer.alloc(0)
      socket
        .on('data', (piece: Buffer) => {
          heard = Buffer.concat([heard, piece])
          const answer = readString(heard, 0)
          if (answer) resolve(answer)
          else if (heard.length > MAX_ANSWER_BYTES) fail(t`the agent at ${socketPath} says more than an agent does`)
        })
        .on('error', ({ code }: NodeJS.ErrnoException) => fail(explainSocket(socketPath, code)))
        .on('close', () => fail(t`the agent at ${socketPath} hung up`))
    })
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

function explainSocket(socketPath: string, code: string | undefined): string {
  if (code === 'EACCES') return t`${socketPath} may not be opened`
  return t`nothing answers at ${socketPath}`
}

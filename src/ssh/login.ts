import ssh2, {
  type AuthenticationType,
  type AuthHandlerMiddleware,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2'
import type { Endpoint } from '../inventory/host.js'
import { quote } from '../shell.js'
import { formatHop } from './connect-failure.js'
import type { KeyRing, OfferableKey, SkippedKey } from './credentials.js'
import type { Deadline } from './deadline.js'
import { fingerprint } from './key-blob.js'
import { ConnectFailure } from './session.js'

/** One login: which keys are offered, in which order, and what is said when none is taken. */
export interface Login {
  authHandler: AuthHandlerMiddleware
  /** `cut` = the server hung up because of the many tries (sshd's MaxAuthTries). */
  explainRefusal: (details?: { cut: boolean }) => ConnectFailure
}

interface LoginTrace {
  offered: OfferableKey[]
  skipped: SkippedKey[]
  /** Keys that the server took and then wanted more than. */
  signed: OfferableKey[]
  methods: AuthenticationType[] | undefined
}

/**
 * Offers one key after the other, each as an agent of one key: then ssh2 asks the server about a key before it has to be
 * unlocked, and waits for a signature that takes a person's time. `onRefused` is called when nothing is left to offer.
 */
export function createLogin(
  endpoint: Endpoint,
  ring: KeyRing,
  hooks: { deadline: Pick<Deadline, 'pause' | 'resume'>; onRefused: () => void },
): Login {
  const trace: LoginTrace = { offered: [], skipped: [...ring.skipped], signed: [], methods: undefined }
  const queue = [...ring.keys]
  const username = endpoint.user
  return {
    authHandler(methodsLeft, _partial, next) {
      trace.methods = methodsLeft ?? undefined
      const key = queue.shift()
      if (key) {
        trace.offered.push(key)
        next({ type: 'agent', username, agent: new OneKeyAgent(key, watchSigning(trace, hooks.deadline)) })
      } else if (trace.methods) hooks.onRefused()
      // ssh2 keeps the answer to an agent's key to itself; the answer to `none` says which methods the server allows.
      else next({ type: 'none', username })
    },
    explainRefusal: (details) => explainRefusal(endpoint, trace, details?.cut ?? false),
  }
}

type SignWatch = (key: OfferableKey, signing: () => Promise<Buffer>) => Promise<Buffer>

function watchSigning(trace: LoginTrace, deadline: Pick<Deadline, 'pause' | 'resume'>): SignWatch {
  return async (key, signing) => {
    deadline.pause()
    try {
      const signature = await signing()
      trace.signed.push(key)
      return signature
    } catch (error) {
      trace.skipped.push({ source: key.source, because: error instanceof Error ? error.message : String(error) })
      throw error
    } finally {
      deadline.resume()
    }
  }
}

class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: OfferableKey
  readonly #watch: SignWatch

  constructor(key: OfferableKey, watch: SignWatch) {
    super()
    this.#key = key
    this.#watch = watch
  }

  override getIdentities(callback: (error: undefined, keys: ParsedKey[]) => void): void {
    callback(undefined, [this.#key.publicKey])
  }

  override sign(
    _publicKey: unknown,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback
    const wanted = typeof options === 'function' ? {} : options
    this.#watch(this.#key, () => this.#key.sign(data, wanted)).then(
      (signature) => done?.(undefined, signature),
      (error: Error) => done?.(error),
    )
  }
}

function explainRefusal(endpoint: Endpoint, trace: LoginTrace, isCut: boolean): ConnectFailure {
  const hop = formatHop(endpoint)
  const { offered, signed, skipped, methods } = trace
  const accepted = signed.at(-1)
  const parts = [
    `${hop} ${describeRefusal(offered, accepted, isCut)}`,
    ...(methods ? [`it allows: ${methods.join(', ') || 'nothing'}`] : []),
    ...skipped.map(({ source, because }) => `not used: ${source} (${because})`),
  ]
  return new ConnectFailure(parts.join('; '), {
    reason: 'auth',
    phase: 'auth',
    hop,
    mend: adviseLogin(endpoint, trace, isCut),
  })
}

function describeRefusal(offered: OfferableKey[], accepted: OfferableKey | undefined, isCut: boolean): string {
  if (offered.length === 0) return 'refused the login: there is no key to offer'
  if (isCut) return `hung up after too many tries (MaxAuthTries); offered: ${offered.map(nameKey).join(', ')}`
  if (accepted) return `took ${nameKey(accepted)} and asks for more, which is not supported`
  return `refused every key: ${offered.map(nameKey).join(', ')}`
}

function nameKey({ publicKey, source }: OfferableKey): string {
  return `${publicKey.type} ${fingerprint(publicKey.getPublicSSH())} from ${source}`
}

function adviseLogin(
  { user, address, port }: Endpoint,
  { offered, skipped, methods }: LoginTrace,
  isCut: boolean,
): string {
  if (isCut) return 'name the right key with identityFile, and it is offered first'
  if (methods && !methods.includes('publickey')) return 'allow public keys on that server: PubkeyAuthentication yes'
  const locked = skipped.find(({ because }) => /encrypted|passphrase/.test(because))
  if (locked) return `ssh-add ${quote(locked.source)}`
  const copy = `ssh-copy-id -p ${port} ${quote(`${user}@${address}`)}`
  return offered.length === 0 ? `ssh-keygen -t ed25519, then ${copy}` : `see that the user is right, then ${copy}`
}

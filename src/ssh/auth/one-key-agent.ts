import ssh2, { type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2'
import type { OfferableKey } from './key-ring.js'

/** Has a key sign; `signing` starts it. */
export type WatchSigning = (key: OfferableKey, signing: () => Promise<Buffer>) => Promise<Buffer>

/**
 * An agent of one key for ssh2: then ssh2 asks the server about the key before it has to be unlocked, and waits for a
 * signature that takes a person's time.
 */
export class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: OfferableKey
  readonly #watch: WatchSigning

  constructor(key: OfferableKey, watch: WatchSigning) {
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

/** Why there is a source for a password but no password: a sentence that holds no secret, and the next step. */
export class NoPassword extends Error {
  override readonly name = 'NoPassword'
  readonly mend: string | undefined

  constructor(message: string, mend?: string) {
    super(message)
    this.mend = mend
  }
}

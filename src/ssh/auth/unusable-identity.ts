/** Why a file cannot serve as an identity, as a sentence without its name, and what would mend it. */
export class UnusableIdentity extends Error {
  override readonly name = 'UnusableIdentity'
  readonly mend: string | undefined

  constructor(message: string, mend?: string) {
    super(message)
    this.mend = mend
  }
}

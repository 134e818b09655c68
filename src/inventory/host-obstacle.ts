/** Why one host cannot be reached as its settings say: it is reported alone, and never ends the run. */
export class HostObstacle extends Error {
  override readonly name = 'HostObstacle'
  readonly mend: string

  constructor(message: string, mend: string, cause?: unknown) {
    super(message, { cause })
    this.mend = mend
  }
}

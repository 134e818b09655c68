import { type SourcePlace, UserError } from '../errors.js'

/** Does something that knows of no place: its UserError gets this one. */
export function atPlace<Result>(place: SourcePlace, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, { place, ...(error.mend && { mend: error.mend }), cause: error.cause })
  }
}

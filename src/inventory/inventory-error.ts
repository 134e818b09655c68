import { UserError } from '../errors.js'

/** An inventory with mistakes: `mistakes` holds every one that was found, in file order; the error itself speaks of the first. */
export class InventoryError extends UserError {
  readonly mistakes: readonly UserError[]

  constructor(mistakes: readonly UserError[]) {
    const sorted = [...mistakes].sort(byPlace)
    const [first] = sorted
    const others = sorted.length > 1 ? ` (and ${sorted.length - 1} more)` : ''
    super(`${first?.message ?? 'the inventory cannot be used'}${others}`, {
      ...(first?.place && { place: first.place }),
      ...(first?.mend && { mend: first.mend }),
    })
    this.mistakes = sorted
  }
}

function byPlace(one: UserError, other: UserError): number {
  return (one.place?.line ?? 0) - (other.place?.line ?? 0) || (one.place?.column ?? 0) - (other.place?.column ?? 0)
}

import { type UserError, UserErrors } from '../errors.js'
import { t } from '../language/language.js'

/** An inventory with mistakes: every one that was found, in file order. */
export class InventoryError extends UserErrors {
  constructor(mistakes: readonly UserError[]) {
    super([...mistakes].sort(byPlace), t`the inventory cannot be used`)
  }
}

function byPlace(one: UserError, other: UserError): number {
  return (one.place?.line ?? 0) - (other.place?.line ?? 0) || (one.place?.column ?? 0) - (other.place?.column ?? 0)
}

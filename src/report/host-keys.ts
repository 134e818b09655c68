import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import { wrapWords } from './fit.js'
import type { Style } from './style.js'

/** Says whose host keys were trusted unseen: whoever answered may have been anybody. */
export function drawUnverified({ takenHostKeys = [] }: Pick<RunRecord, 'takenHostKeys'>, style: Style): string[] {
  const unverified = takenHostKeys.filter(({ file }) => file === null)
  if (unverified.length === 0) return []
  const keys = unverified.flatMap(({ name, type, fingerprint }) =>
    wrapWords(`${name} ${type} ${fingerprint}`, style.width - 2).map((line) => `  ${line}`),
  )
  return [style.paint('warn', t`Not verified: host keys that are not known (--host-keys off)`), ...keys]
}

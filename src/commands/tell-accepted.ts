import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import type { CommandIo } from './command-io.js'

/** Says on standard error which host keys are trusted from now on, as ssh does. */
export function tellAccepted({ takenHostKeys = [] }: Pick<RunRecord, 'takenHostKeys'>, { stderr }: CommandIo): void {
  for (const { name, type, fingerprint, file } of takenHostKeys)
    if (file !== null) stderr.write(`${t`accepted the ${type} key ${fingerprint} of ${name}: it is now in ${file}`}\n`)
}

import { readFile, writeFile } from 'node:fs/promises'
import { checkRecord } from '../support/fleetdx.js'
import { inBatches } from './batches.js'
import { faults } from './faults/index.js'
import { inventoryFile } from './inventory.js'
import { startLab, stopLab } from './lab.js'
import { formatMatrix, type Records, users } from './matrix.js'

/** One run of fleetdx over the running hosts for each user: a single look, as a person takes it. */
export async function survey(): Promise<Records> {
  const records = new Map()
  for (const user of users) records.set(user, (await checkRecord(['-i', inventoryFile, '--user', user])).record)
  return records
}

/** The confusion matrix over these hosts (all, when none is named), in Markdown with today's date. */
export async function makeMatrix(names: readonly string[], report: (line: string) => void): Promise<string> {
  const chosen = faults.filter(({ name }) => names.length === 0 || names.includes(name))
  const seen = new Map()
  for (const batch of inBatches(chosen)) {
    const started = startLab(
      batch.map(({ name }) => name),
      report,
    )
    // A host that does not settle as the table says proves nothing, the others do.
    await started.catch((error: unknown) => report(String(error instanceof AggregateError ? error.errors : error)))
    for (const [user, record] of await survey())
      seen.set(user, { ...record, hosts: [...(seen.get(user)?.hosts ?? []), ...record.hosts] })
  }
  await stopLab()
  return `As of ${new Date().toISOString().slice(0, 10)}:\n\n${formatMatrix(chosen, seen)}`
}

const [open, close] = ['<!-- matrix -->', '<!-- /matrix -->']

/** Replaces what stands between the marks of a Markdown file. */
export async function writeBetweenMarks(file: string, text: string): Promise<void> {
  const [before, rest] = (await readFile(file, 'utf8')).split(open)
  const after = rest?.split(close)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${open} … ${close}`)
  await writeFile(file, `${before}${open}\n\n${text}\n\n${close}${after}`)
}

import { columns as builtIn, type Column } from '../compare/columns.js'
import { UserError } from '../errors.js'
import { suggestNames } from '../inventory/nearest.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { TextOptions } from './style.js'

/** What a table of hosts shows, and in which order; all of it is the reader's choice. */
export interface TableOptions {
  /** The ids of columns, in their order; those that the width takes, when not given. */
  columns?: readonly string[]
  /** By one column, in natural order; by urgency, when not given. */
  sort?: { column: string; isDescending: boolean }
  /** Whether each host has a row of its own, however many there are. */
  all?: boolean
  /** Whether every column is shown, whatever the width. */
  wide?: boolean
}

/** How a table is set, and what it shows. */
export type TableLook = TextOptions & TableOptions

/** The columns that were asked for; all, where none were. Throws UserError. */
export function pickColumns(all: readonly Column[], { columns: ids }: Pick<TableOptions, 'columns'>): Column[] {
  return ids === undefined ? [...all] : ids.map((id) => findColumn(all, id))
}

/** The column of an id. Throws UserError, which names the nearest and lists all. */
export function findColumn(all: readonly Column[], id: string): Column {
  const found = all.find((column) => column.id === id)
  if (found) return found
  const ids = all.map((column) => column.id)
  throw new UserError(t`there is no column '${id}'`, {
    mend: t`${suggestNames(id, ids)} (the columns are ${joinWords(ids)})`,
  })
}

/** Throws UserError for a column that no table of these hosts has, so that it is told before anything is connected. */
export function checkTableOptions({ columns = [], sort }: TableOptions, ownChecks: readonly string[] = []): void {
  const own = ownChecks.map((name) => ({ ...findColumn(builtIn, 'host'), id: `check-${name}` }))
  for (const id of [...columns, ...(sort ? [sort.column] : [])]) findColumn([...builtIn, ...own], id)
}

import type { Column } from '../compare/columns.js'
import { measure } from './fit.js'
import type { Ink } from './style.js'

/** A column of a table with what stands in it, row by row: the same said in forms, the longest first. */
export interface Slot {
  column: Column
  cells: { forms: string[]; ink: Ink }[]
}

/** A column that has a place in the table, and its width. */
export interface FittedSlot extends Slot {
  width: number
}

/** A column on trial: each of its cells in the n-th form, or in the shortest where it has fewer. */
interface Trial {
  slot: Slot
  level: number
  isCut: boolean
}

/** Spaces between two columns. */
export const gap = 2

const levels = [1, 2]

/**
 * Makes a table fit: long values give way to shorter forms, then whole columns are left out or cut, the least important
 * first. The room that is then left goes back to the columns that gave way, from the left to the right.
 */
export function chooseColumns(slots: readonly Slot[], width: number): FittedSlot[] {
  const byNeed = slots.toSorted((a, b) => b.column.priority - a.column.priority)
  const steps = [
    ...levels.flatMap((level) => byNeed.map((slot) => (open: Trial[]) => shorten(open, slot, level))),
    ...byNeed.map((slot) => (open: Trial[]) => giveWay(open, slot)),
  ]
  const all = slots.map((slot) => ({ slot, level: 0, isCut: false }))
  const fitting = steps.reduce((open, step) => (leastWidth(open) > width ? step(open) : open), all)
  return shareRoom(fitting, width)
}

function shorten(open: readonly Trial[], slot: Slot, level: number): Trial[] {
  return open.map((trial) => (trial.slot === slot ? { ...trial, level } : trial))
}

function giveWay(open: readonly Trial[], slot: Slot): Trial[] {
  if (slot.column.cutsTo === undefined) return open.filter((trial) => trial.slot !== slot)
  return open.map((trial) => (trial.slot === slot ? { ...trial, isCut: true } : trial))
}

function leastWidth(open: readonly Trial[]): number {
  return open.reduce((sum, trial) => sum + least(trial), gap * (open.length - 1))
}

function least({ slot: { column, cells }, level, isCut }: Trial): number {
  const widest = widestOf(
    column,
    cells.map(({ forms }) => forms[level] ?? forms.at(-1) ?? ''),
  )
  return isCut ? Math.min(widest, column.cutsTo ?? widest) : widest
}

function widestOf({ heading }: Column, texts: readonly string[]): number {
  return [heading, ...texts].reduce((widest, text) => Math.max(widest, measure(text)), 0)
}

function shareRoom(open: readonly Trial[], width: number): FittedSlot[] {
  let room = width - leastWidth(open)
  return open.map((trial) => {
    const given = Math.max(useful(trial.slot, least(trial) + room), 1)
    room -= given - least(trial)
    return { ...trial.slot, width: given }
  })
}

/** As much of a width as the longest forms that fit into it take. */
function useful({ column, cells }: Slot, width: number): number {
  const texts = cells.map(({ forms }) => forms.find((form) => measure(form) <= width) ?? forms.at(-1) ?? '')
  return Math.min(widestOf(column, texts), width)
}

import type { Column } from '../compare/columns.js'
import { measure } from './fit.js'
import { gap } from './set-rows.js'
import type { Ink } from './style.js'

/** A column of a table with what stands in it, row by row: the same said in forms, the longest first. */
export interface Slot {
  column: Pick<Column, 'id' | 'heading' | 'priority' | 'cutsTo'>
  /** Numbers stand on the right. */
  isNumeric?: boolean
  cells: { forms: string[]; ink: Ink }[]
}

/** A column that has a place in the table, and its width. */
export interface FittedSlot extends Slot {
  width: number
}

/** A column on trial: each of its cells in the n-th form, or in the shortest where it has fewer. */
interface Trial {
  slot: Slot
  /** The width that it takes in each level. */
  widths: readonly number[]
  level: number
  isCut: boolean
}

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
  const all: Trial[] = slots.map((slot) => ({
    slot,
    widths: [0, ...levels].map(widthAt(slot)),
    level: 0,
    isCut: false,
  }))
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

function least({ slot: { column }, widths, level, isCut }: Trial): number {
  const widest = widths[level] ?? 0
  return isCut ? Math.min(widest, column.cutsTo ?? widest) : widest
}

function widthAt({ column, cells }: Slot) {
  return (level: number) =>
    widestOf(
      column,
      cells.map(({ forms }) => forms[level] ?? forms.at(-1) ?? ''),
    )
}

function widestOf({ heading }: Slot['column'], texts: readonly string[]): number {
  return [heading, ...texts].reduce((widest, text) => Math.max(widest, measure(text)), 0)
}

function shareRoom(open: readonly Trial[], width: number): FittedSlot[] {
  let room = width - leastWidth(open)
  if (room < 0) return shrink(open, -room)
  return open.map((trial) => {
    const given = useful(trial.slot, least(trial) + room)
    room -= given - least(trial)
    return { ...trial.slot, width: given }
  })
}

/** Where even the least is too much, the widest columns lose it, one character after the other. */
function shrink(open: readonly Trial[], excess: number): FittedSlot[] {
  const fitted = open.map((trial) => ({ ...trial.slot, width: least(trial) }))
  for (let left = excess; left > 0; left -= 1) {
    const widest = fitted.reduce((most, slot) => (slot.width > most.width ? slot : most))
    widest.width = Math.max(widest.width - 1, 1)
  }
  return fitted
}

/** As much of a width as the longest forms that fit into it take. */
function useful({ column, cells }: Slot, width: number): number {
  const texts = cells.map(({ forms }) => forms.find((form) => measure(form) <= width) ?? forms.at(-1) ?? '')
  return Math.min(widestOf(column, texts), width)
}

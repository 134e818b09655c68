/**
 * Something that hosts of one kind should have in common. `read` gives it in a word or two; `nothing` where there is none,
 * which is a value like any other; null or undefined where it could not be seen, which counts neither for nor against.
 */
export interface FactColumn<Subject = unknown> {
  id: string
  /** In the language of the run. */
  heading(): string
  /** Whether it often differs by itself, such as a kernel that waits for a reboot: it is told only beside other things. */
  isMinor?: true
  read(subject: Subject): string | null | undefined
}

/** The value of who has nothing of the kind. */
export const nothing = '-'

/** What is not there is not known; what is there is said as a text. */
export function textOf(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

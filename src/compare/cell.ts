/** One value of a host, in a few words. */
export interface Cell {
  text: string
  /** The same with less said, for where there is less room: the longest first. */
  shorter?: string[]
  /** `bad` = requests fail by it; `unseen` = not known. */
  state?: 'bad' | 'unseen'
}

/** Nothing of the kind is on the host. */
export const none: Cell = { text: '-' }

/** It could not be seen: neither good nor bad. */
export const unseen: Cell = { text: '?', state: 'unseen' }

/** Requests fail by it. */
export function bad(text: string): Cell {
  return { text, state: 'bad' }
}

/** Lines of the form `KEY value`, as our scripts print them: the values of each key, in order. A line without a value gives ''. */
export class KeyLines {
  readonly #values = new Map<string, string[]>()

  constructor(text: string) {
    for (const line of text.split('\n').filter((line) => line !== '')) {
      const [key = ''] = line.split(' ', 1)
      const value = line.slice(key.length + 1)
      const known = this.#values.get(key)
      if (known) known.push(value)
      else this.#values.set(key, [value])
    }
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  all(key: string): string[] {
    return this.#values.get(key) ?? []
  }

  /** The first value, null where there is none. */
  first(key: string): string | null {
    return this.all(key)[0] ?? null
  }

  /** The first value as a number; null where it is none. */
  number(key: string): number | null {
    const value = Number.parseFloat(this.first(key) ?? '')
    return Number.isFinite(value) ? value : null
  }
}

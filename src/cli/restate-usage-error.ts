const whereListed: Readonly<Record<string, string>> = {
  command: 'fleetdx --help lists the commands',
  option: 'fleetdx COMMAND --help lists the options',
}

/** commander's complaint in the form of this program's own: `fleetdx: what is wrong`, and below it the mend. */
export function restateUsageError(complaint: string): string {
  // sample: error: unknown option '--formt'\n(Did you mean --format?)
  const [, what = complaint, nearest] = /^error: (.+?)\s*(?:\(D(id you mean .+)\))?\s*$/s.exec(complaint) ?? []
  // sample: unknown command 'frobnicate'
  const unknown = /^unknown (\w+)/.exec(what)?.[1]
  const mend = nearest === undefined ? whereListed[unknown ?? ''] : `d${nearest}`
  return `fleetdx: ${what}\n${mend === undefined ? '' : `  ${mend}\n`}`
}

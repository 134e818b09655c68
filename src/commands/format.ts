/** How a command prints what is no run. */
export type Format = 'table' | 'json'

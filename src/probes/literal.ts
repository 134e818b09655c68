/** A text as a regular expression for itself. */
export function literal(text: string): string {
  return text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')
}

// sample: ESC[31m, ESC]0;title BEL, ESC]8;;http://x ESC\, ESC(B; one whose end is missing takes no more than its line
const escapeSequences =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b\n]*(?:\u001b\\)?|[ -/]*[0-~])/g
// C0 but tab and line feed, DEL, C1, the invisible marks that reorder or hide text, and half a character, which is no text
const controls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu

/** Text of a remote host made safe for a screen: no escape sequence, no control but tab and line feed, no bidi override. */
export function sanitize(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(escapeSequences, '').replace(controls, '')
}

/** The same for one line: what would break it is a space. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replaceAll(/[\n\t]+/g, ' ')
}

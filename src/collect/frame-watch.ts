/** Takes one frame as it arrives: the word after the nonce, and the rest of its line. */
export type OnFrame = (word: string, rest: string) => void

const longestLine = 200

/** Finds the frames of a round while its output arrives, in pieces that may end anywhere. */
export function watchFrames(nonce: string, onFrame: OnFrame): (piece: Buffer) => void {
  const start = Buffer.from(`\n${nonce} `)
  let rest = Buffer.from('\n')
  return (piece) => {
    rest = Buffer.concat([rest, piece])
    for (let at = rest.indexOf(start); at >= 0; at = rest.indexOf(start)) {
      const lineEnd = rest.indexOf('\n', at + 1)
      // The line may go on in the next piece.
      if (lineEnd < 0 && rest.length - at < longestLine) {
        rest = rest.subarray(at)
        return
      }
      const line = rest.subarray(at + start.length, lineEnd < 0 ? at + longestLine : lineEnd).toString('utf8')
      const [word = '', ...words] = line.split(' ')
      onFrame(word, words.join(' '))
      rest = rest.subarray(at + start.length)
    }
    rest = rest.subarray(Math.max(0, rest.length - start.length))
  }
}

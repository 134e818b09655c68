import type { CommandIo } from './command-io.js'

/** Asks for the passphrase of a key on the terminal, without echo; undefined where there is no terminal to ask at. */
export function askPassphrase({
  stdin,
  stderr,
}: CommandIo): ((file: string) => Promise<string | undefined>) | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined
  return async (file) => {
    const { read } = await import('read')
    const answer = await read({ prompt: `Passphrase for ${file}: `, silent: true, input: stdin, output: stderr })
    return answer === '' ? undefined : answer
  }
}

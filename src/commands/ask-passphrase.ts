import type { AskPassphrase } from '../ssh/identity-file.js'
import type { CommandIo } from './command-io.js'
import type { Progress } from './show-progress.js'

/** Asks for the passphrase of a key on the terminal, without echo; undefined where there is no terminal to ask at. */
export function askPassphrase(
  { stdin, stderr }: CommandIo,
  { stepAside }: Pick<Progress, 'stepAside'>,
): AskPassphrase | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined
  const asked = new Set<string>()
  return async (file) => {
    const { read } = await import('read')
    const prompt = `${asked.has(file) ? 'That was not it. ' : ''}Passphrase for ${file}: `
    asked.add(file)
    const options = { prompt, silent: true, input: stdin, output: stderr }
    const answer = await stepAside(() => read(options)).catch(() => passOnInterrupt(stderr))
    return answer === '' ? undefined : answer
  }
}

/** While a passphrase is typed, the terminal gives Ctrl-C as a character, not as a signal. */
function passOnInterrupt(stderr: CommandIo['stderr']): undefined {
  stderr.write('\n')
  process.kill(process.pid, 'SIGINT')
}

/** An option of `ssh`, in the words of ssh_config and in lower case: `-p 22` is `port`; one that has no such word is `-q`. */
export interface SshOption {
  keyword: string
  value: string
  written: string
  /** What it stands in, if that is another option: `ProxyCommand`. */
  within?: string
}

/** Words of a command line of `ssh`, read as it reads them. */
export interface SshCommandLine {
  options: SshOption[]
  /** What is no option: the destination, and the command behind it. */
  rest: string[]
}

/** The letters that have a value behind them: ssh(1). */
const WITH_VALUE = 'BbcDEeFIiJLlmOoPpQRSWw'

/** Those that say the same as a keyword of ssh_config. */
const KEYWORDS: Readonly<Record<string, string>> = { i: 'identityfile', J: 'proxyjump', l: 'user', p: 'port' }

/** Reads words that stand behind `ssh`; options end at the first word that is none. */
export function readSshOptions(words: readonly string[]): SshCommandLine {
  const options: SshOption[] = []
  const waiting = [...words]
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (!word.startsWith('-') || word === '-' || word === '--') {
      return { options, rest: word === '--' ? waiting : [word, ...waiting] }
    }
    // sample: -qAp2222, flags and an option with its value in one word
    const at = [...word].findIndex((letter, index) => index > 0 && WITH_VALUE.includes(letter))
    const flags = word.slice(1, at < 0 ? undefined : at)
    options.push(...[...flags].map((flag) => ({ keyword: `-${flag}`, value: '', written: `-${flag}` })))
    if (at < 0) continue
    const letter = word.charAt(at)
    const value = word.slice(at + 1) || (waiting.shift() ?? '')
    options.push(letter === 'o' ? readKeyword(value) : toKeyword(letter, value))
  }
  return { options, rest: [] }
}

function toKeyword(letter: string, value: string): SshOption {
  return { keyword: KEYWORDS[letter] ?? `-${letter}`, value, written: `-${letter} ${value}` }
}

function readKeyword(text: string): SshOption {
  // sample: StrictHostKeyChecking=no, ProxyCommand "ssh -W %h:%p gate"
  const [, keyword = '', quoted, bare = ''] = /^\s*([^\s=]+)\s*(?:=|\s)\s*(?:"([^"]*)"|(.*?))\s*$/s.exec(text) ?? []
  return { keyword: keyword.toLowerCase(), value: quoted ?? bare, written: `-o ${text}` }
}

import { isSocket } from './find-socket.js'
import type { Settings } from './schema.js'
import type { SshLayout } from './ssh-layout.js'
import { parseSshWords, type SshWords } from './ssh-settings.js'

/* Questions to the system's `ssh` about single hosts: `run` is given the words for it, and gives what it prints. */

/** What is known before ssh_config is asked. */
export type Given = Pick<Settings, 'address' | 'port' | 'user' | 'jump' | 'identityFile'>

/** Asks for every host, but only once for those that get the same answer. */
export function askOnce(
  layout: SshLayout | undefined,
  run: (words: string[]) => Promise<{ stdout: string }>,
): (name: string, given: Given) => Promise<SshWords> {
  const known = new Map<string, Promise<SshWords>>()
  const ask = (key: string, name: string, given: Given) => {
    const asking = known.get(key) ?? run([...writeGiven(given), '--', name]).then(({ stdout }) => parseSshWords(stdout))
    known.set(key, asking)
    return asking
  }
  const askAlone = (name: string, given: Given) => ask([...writeGiven(given), '--', name].join('\n'), name, given)
  return async (name, given) => {
    const group = layout?.groupOf(name, given.address)
    if (group === undefined) return askAlone(name, given)
    const { address, jump } = given
    const first = { ...(address !== undefined && { address }), ...(jump !== undefined && { jump }) }
    // What fails for the first of them may do so for its name alone.
    const words = await ask(`${group} ${jump !== undefined}`, name, first).catch(() => undefined)
    return words ? renameWords(words, name, given) : askAlone(name, given)
  }
}

/** What the inventory and the command line say, as ssh's own options: it then matches and expands by them. */
function writeGiven({ address, port, user, jump }: Given): string[] {
  return [
    ...(address === undefined ? [] : ['-o', `HostName=${address.replaceAll('%', '%%')}`]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(jump === undefined ? [] : ['-o', 'ProxyJump=none']),
  ]
}

/** What was answered for another host, in the words of this one. */
function renameWords(words: SshWords, name: string, { address, port, user }: Given): SshWords {
  return new Map([
    ...words,
    ['hostname', [address ?? name.toLowerCase()]],
    ...(port === undefined ? [] : [['port', [String(port)]] as const]),
    ...(user === undefined ? [] : [['user', [user]] as const]),
  ])
}

/** What counts beside what is given: a jump host stands in place of ssh_config's ProxyCommand, too. */
export function leaveOut(words: SshWords, { jump, identityFile }: Given): SshWords {
  const isOut = (keyword: string) =>
    (jump !== undefined && keyword.startsWith('proxy')) || (identityFile && keyword === 'identityfile')
  return new Map([...words].filter(([keyword]) => !isOut(keyword)))
}

/** Tells whether a connection of the user's own is open, which others may share; each is asked once. */
export function rememberMasters(run: (words: string[]) => Promise<unknown>) {
  const known = new Map<string, Promise<boolean>>()
  const check = (path: string, name: string) =>
    run(['-F', 'none', '-S', path, '-O', 'check', '--', name]).then(
      () => true,
      () => false,
    )
  return async (words: SshWords, name: string): Promise<boolean> => {
    const [path = 'none'] = words.get('controlpath') ?? []
    if (!isSocket(path)) return false
    const checking = known.get(path) ?? check(path, name)
    known.set(path, checking)
    return checking
  }
}

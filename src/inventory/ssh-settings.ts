import type { HostKeyPolicy, LoginWays } from './host.js'
import type { Settings } from './schema.js'
import { withAbsolutePaths } from './settings.js'
import { chooseAlgorithms } from './ssh-algorithms.js'
import { chooseLoginMethods } from './ssh-login-methods.js'
import { listNeeds, type Needs } from './ssh-needs.js'
import { expandTokens, expandVariables, findSshToken, refuseShellWords, type SshReadContext } from './ssh-tokens.js'

/** What ssh_config sets for one host, and nothing that is only ssh's own default. Paths are absolute. */
export interface SshSettings {
  settings: Pick<
    Settings,
    'address' | 'port' | 'user' | 'identityFile' | 'knownHostsFile' | 'hostKeys' | 'jump' | 'timeouts'
  >
  ways: LoginWays
  /** Of `needsOpenssh`, that without which no other SSH reaches the host at all. */
  needsOpensshToReach?: string
  /** It says that any host key will do, which is not followed. */
  trustsAnyHostKey?: boolean
}

/** The lines of `ssh -G`: a keyword of ssh_config in lower case, and what stands behind it each time. */
export type SshWords = ReadonlyMap<string, readonly string[]>

/** Reads what `ssh -G` prints. */
export function parseSshWords(text: string): SshWords {
  const words = new Map<string, string[]>()
  for (const line of text.split(/\r?\n/)) {
    // sample: identityfile ~/.ssh/id_ed25519
    const [, keyword, value] = /^(\S+) (.*)$/.exec(line) ?? []
    if (keyword !== undefined && value !== undefined) words.set(keyword, [...(words.get(keyword) ?? []), value])
  }
  return words
}

/** What one host's settings are read from. */
export interface SshSource {
  words: SshWords
  /** ssh's words for any host without a configuration. */
  defaults: SshWords
  /** What ssh_config has behind a keyword, each time, as words: `ssh -G` prints them without their quotes. */
  written(keyword: string): string[][]
  /** A connection of the user's own is open, that others may share. */
  hasMaster: boolean
  context: SshReadContext
}

/** What is set: where the words differ from `defaults`. Throws HostObstacle. */
export function readSshSettings(source: SshSource): SshSettings {
  const { words, defaults, context } = source
  const all = (keyword: string) => words.get(keyword) ?? []
  const isSet = (keyword: string) => all(keyword).join('\n') !== (defaults.get(keyword) ?? []).join('\n')
  const one = (keyword: string) => (isSet(keyword) ? all(keyword)[0] : undefined)
  const needs = listNeeds(one, source.hasMaster)
  const toPaths = (keyword: string, files: readonly string[]) =>
    files.flatMap((file) => (isNamed(file) ? (needs.unlessSshAlone(keyword, file, toPath(file, source)) ?? []) : []))
  const address = all('hostname')[0]
  const hasAddress = address !== undefined && address !== context.name.toLowerCase()
  const [port, user, jump, seconds] = ['port', 'user', 'proxyjump', 'connecttimeout'].map(one)
  const [identityFile, certificateFiles] = [
    toPaths('IdentityFile', one('identityfile') === undefined ? [] : all('identityfile')),
    toPaths('CertificateFile', all('certificatefile')),
  ]
  const hostKeys = toPolicy(one('stricthostkeychecking'))
  const settings: SshSettings['settings'] = {
    ...(hasAddress && { address }),
    ...(port !== undefined && { port: Number(port) }),
    ...(user !== undefined && { user }),
    // ssh writes 10.0.0.1 as [10.0.0.1].
    ...(jump !== undefined && { jump: jump.replace(/\[([\d.]+)\]/g, '$1') }),
    ...(Number(seconds) > 0 && { timeouts: { connect: Number(seconds) * 1000 } }),
    ...(one('identityfile') !== undefined && { identityFile }),
    ...((isSet('userknownhostsfile') || isSet('globalknownhostsfile')) && { knownHostsFile: listKnownHosts(source) }),
    ...(hostKeys && { hostKeys }),
  }
  const given = withAbsolutePaths(settings, context.cwd, context.sshHome)
  const ways = readWays(one, certificateFiles, needs, source)
  const needed = needs.list()
  return {
    settings: given,
    ways: { ...ways, ...(needed.all && { needsOpenssh: needed.all }) },
    ...(needed.toReach && { needsOpensshToReach: needed.toReach }),
    ...(one('stricthostkeychecking') === 'false' && { trustsAnyHostKey: true }),
  }
}

type One = (keyword: string) => string | undefined

function readWays(one: One, certificateFiles: string[], needs: Needs, source: SshSource): LoginWays {
  const { words, context } = source
  const [hostKeyAlias, agent, command, family] = [
    ...['hostkeyalias', 'identityagent', 'proxycommand', 'addressfamily'],
  ].map(one)
  const agentSocket = agent === undefined ? undefined : findAgent(agent, context)
  const { algorithms } = chooseAlgorithms(one)
  const loginMethods = chooseLoginMethods(one)
  const proxyCommand =
    command === undefined
      ? undefined
      : needs.unlessSshAlone('ProxyCommand', command, () => expandTokens(command, words, context, refuseShellWords))
  return {
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(one('identitiesonly') === 'yes' && { identitiesOnly: true }),
    ...(one('identityfile') !== undefined && { passesOverIdentities: true }),
    ...(agentSocket !== undefined && { agentSocket }),
    ...(proxyCommand !== undefined && { proxyCommand }),
    ...(certificateFiles.length > 0 && {
      certificateFiles: withAbsolutePaths({ identityFile: certificateFiles }, context.cwd, context.sshHome)
        .identityFile,
    }),
    ...(loginMethods && { loginMethods }),
    ...(one('hashknownhosts') === 'yes' && { hashKnownHosts: true }),
    ...(Object.keys(algorithms).length > 0 && { algorithms }),
    ...((family === 'inet' || family === 'inet6') && { addressFamily: family === 'inet' ? 4 : 6 }),
  }
}

function toPath(file: string, { words, context }: SshSource): () => string {
  return () => expandVariables(expandTokens(file, words, context), context.env)
}

function isNamed(file: string): boolean {
  return file.toLowerCase() !== 'none' && file !== ''
}

/** `no` does not weaken fleetdx, and `ask` cannot be: an unknown host key is refused. */
function toPolicy(value: string | undefined): HostKeyPolicy | undefined {
  if (value === 'accept-new') return value
  return value === 'true' || value === 'yes' ? 'strict' : undefined
}

/** Those of the user stand first: a new host key is stored in the first file, and `none` takes it without keeping it. */
function listKnownHosts(source: SshSource): string[] {
  const user = readFiles('userknownhostsfile', source)
  const global = readFiles('globalknownhostsfile', source).filter(isNamed)
  return [...(user.some(isNamed) ? user.filter(isNamed) : ['/dev/null']), ...global]
}

/**
 * ssh prints the names of several files on one line without their quotes, so that one with a space in it looks like two:
 * what is written in ssh_config tells. Newer versions print them expanded, and older ones take no tokens.
 */
function readFiles(keyword: string, source: SshSource): string[] {
  const printed = source.words.get(keyword)?.join(' ') ?? ''
  const { cwd, sshHome: home } = source.context
  const expand = (file: string) => (isNamed(file) ? toPath(file, source)() : file)
  const resolve = (files: string[]) => withAbsolutePaths({ knownHostsFile: files }, cwd, home).knownHostsFile ?? []
  const meant = source
    .written(keyword)
    .filter((files) => files.some((file) => file.includes(' ')) && !files.some(findSshToken))
    .flatMap((files) => [files, files.map(expand)])
    .find((files) => files.join(' ') === printed || resolve(files).join(' ') === printed)
  return meant ?? printed.split(' ')
}

/** ssh_config(5), IdentityAgent: `none`, the word SSH_AUTH_SOCK, the name of a variable after a `$`, or a path. */
function findAgent(value: string, { env, sshHome }: SshReadContext): string | null | undefined {
  if (value === 'none') return null
  if (value === 'SSH_AUTH_SOCK') return undefined
  // sample: $WORK_AGENT
  const variable = /^\$(\w+)$/.exec(value)?.[1]
  return variable === undefined ? value.replace(/^~(?=\/|$)/, sshHome) : env[variable] || null
}

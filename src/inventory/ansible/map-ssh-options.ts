import { isIP, isIPv6 } from 'node:net'
import { basename } from 'node:path'
import { UserError } from '../../errors.js'
import { parseEndpoint } from '../endpoint.js'
import { isName, isUserName, type Settings } from '../schema.js'
import { splitWords } from './split-words.js'
import { readSshOptions, type SshOption } from './ssh-options.js'

/** What options of `ssh` come to as settings, and those that come to none. */
export interface MappedOptions<Option extends SshOption> {
  settings: Settings
  unused: Option[]
}

/** They change how a session feels, not how a host is reached: fleetdx has its own ways. In lower case, as in ssh_config. */
const IMMATERIAL = new Set(
  [
    'addkeystoagent batchmode challengeresponseauthentication checkhostip compression connectionattempts controlmaster',
    'controlpath controlpersist escapechar exitonforwardfailure forwardagent forwardx11 forwardx11trusted',
    'gssapiauthentication hashknownhosts kbdinteractiveauthentication loglevel numberofpasswordprompts',
    'passwordauthentication preferredauthentications pubkeyauthentication requesttty sendenv serveralivecountmax',
    'serveraliveinterval setenv tcpkeepalive updatehostkeys visualhostkey',
    '-4 -6 -A -C -E -N -S -T -X -Y -a -e -f -k -n -q -s -t -v -x -y',
  ].flatMap((line) => line.split(' ')),
)

const TRUST = ['stricthostkeychecking', 'userknownhostsfile', 'globalknownhostsfile']

/** Maps options in the order in which `ssh` is given them: of two that say the same the first one counts, and keys add up. */
export function mapSshOptions<Option extends SshOption>(options: readonly Option[]): MappedOptions<Option> {
  const seen = new Set<string>()
  const first = options.filter(({ keyword }) => {
    const isNew = keyword === 'identityfile' || !seen.has(keyword)
    seen.add(keyword)
    return isNew && !IMMATERIAL.has(keyword)
  })
  const mapped: MappedOptions<Option> = { settings: mapTrust(first), unused: [] }
  const isCommand = ({ keyword }: Option) => keyword === 'proxycommand'
  // Whether a ProxyCommand comes to a jump host depends on the keys, wherever they are named.
  for (const option of [...first.filter((each) => !isCommand(each)), ...first.filter(isCommand)]) {
    if (!TRUST.includes(option.keyword)) mapOption(option, mapped)
  }
  return mapped
}

function mapOption<Option extends SshOption>(option: Option, { settings, unused }: MappedOptions<Option>): void {
  const { keyword, value } = option
  if (keyword === 'port' && isPort(value)) settings.port = Number(value)
  else if (keyword === 'user' && isUserName(value)) settings.user = value
  else if (keyword === 'hostname' && (isName(value) || isIP(value) > 0)) settings.address = value
  else if (keyword === 'identityfile' && isPlainPath(value)) {
    settings.identityFile = [...new Set([...(settings.identityFile ?? []), value])]
  } else if (keyword === 'connecttimeout' && /^[1-9]\d{0,4}$/.test(value)) {
    settings.timeouts = { connect: Number(value) * 1000 }
  } else if (keyword === 'proxyjump' && isJump(value)) settings.jump ??= value
  else if (keyword !== 'proxycommand' || value === 'none') unused.push(...(value === 'none' ? [] : [option]))
  else if (settings.jump === undefined) unused.push(...mapProxyCommand(option, settings))
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65_536
}

/** Tokens and variables in a path are ssh's own business. */
function isPlainPath(value: string): boolean {
  return value !== '' && value !== 'none' && !/[%$]/.test(value)
}

function isJump(value: string): boolean {
  try {
    for (const hop of value.split(',')) parseEndpoint(hop)
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

/** As `ssh` would: `no` stores the key of a host of which none is known; in /dev/null nothing is kept, so that nothing is stored. */
function mapTrust(options: readonly SshOption[]): Settings {
  const [policy, own, global] = TRUST.map((name) => options.find(({ keyword }) => keyword === name)?.value.trim())
  const files = [own ?? '~/.ssh/known_hosts', global ?? '/etc/ssh/ssh_known_hosts']
    .flatMap((names) => names.split(/\s+/))
    .filter((file) => file !== 'none' && file !== '')
  const isLoose = ['no', 'off', 'accept-new'].includes(policy ?? '')
  return {
    ...((own !== undefined || global !== undefined) && { knownHostsFile: files }),
    ...(isLoose && { hostKeys: [undefined, '/dev/null'].includes(files[0]) ? 'off' : 'accept-new' }),
    ...((policy === 'yes' || policy === 'ask') && { hostKeys: 'strict' }),
  }
}

/**
 * A command such as `ssh -W %h:%p -q gate` or `ssh gate nc %h %p` is a jump host, any other one is unused. The jump host has
 * the keys of the host itself, and is trusted by its own: what the command says otherwise is unused, too.
 */
function mapProxyCommand<Option extends SshOption>(option: Option, settings: Settings): Option[] {
  const command = readForward(option.value)
  if (command === undefined) return [option]
  const inner = mapSshOptions(command.options)
  const { user, port, address = command.destination.replace(/^.*@/, '') } = inner.settings
  const [login = user] = /^.*(?=@)/.exec(command.destination) ?? []
  const server = isIPv6(address) ? `[${address}]` : address
  settings.jump = `${login === undefined ? '' : `${login}@`}${server}${port === undefined ? '' : `:${port}`}`
  const isOdd = ({ keyword, value }: SshOption) =>
    TRUST.includes(keyword) || (keyword === 'identityfile' && !settings.identityFile?.includes(value))
  const unused = [...inner.unused, ...command.options.filter(isOdd)]
  return [...new Set(unused)].map(({ written }) => ({ ...option, written, within: 'ProxyCommand' }))
}

interface Forward {
  destination: string
  options: SshOption[]
}

function readForward(command: string): Forward | undefined {
  const [program = '', ...words] = splitQuietly(command.replace(/^exec\s+/, ''))
  if (basename(program) !== 'ssh') return undefined
  const outer = readSshOptions(words)
  const [destination = '', ...after] = outer.rest
  // Options may stand behind the destination as well: ssh gate -W %h:%p
  const inner = readSshOptions(after)
  const options = [...outer.options, ...inner.options]
  const isForward = ({ keyword, value }: SshOption) => keyword === '-W' && /^\[?%h\]?:(?:%p|22)$/.test(value)
  // nc -w 60 %h %p
  const isNetcat = /^(?:\S*\/)?(?:nc|ncat|netcat)(?: -\S+(?: \d+)?)* %h %p$/.test(inner.rest.join(' '))
  const passesOn = options.some(isForward) ? inner.rest.length === 0 : isNetcat
  return passesOn && isJump(destination)
    ? { destination, options: options.filter((option) => !isForward(option)) }
    : undefined
}

function splitQuietly(text: string): string[] {
  try {
    return splitWords(text)
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

import { isIP } from 'node:net'
import { t } from '../../language/language.js'
import type { SettingsLevel } from '../load.js'
import { isName, type Settings } from '../schema.js'
import { listSshOptions } from './list-ssh-options.js'
import { mapSshOptions } from './map-ssh-options.js'
import type { HiddenSetting, Remark } from './notes.js'
import { readBecome, reportPasswords } from './read-become.js'
import { keepIf, type Reading, readingOf, readText, toLevel } from './read-variable.js'
import type { Variables } from './tree.js'

/** What the connection variables of a host come to. */
export interface Connection {
  /** Each with the line that says so. */
  levels: SettingsLevel[]
  /** The host is this machine. */
  isLocal: boolean
  /** What it is reached by, when that is neither SSH nor this machine: `winrm`. */
  otherWay?: string
}

// ssh, paramiko_ssh, ansible.netcommon.libssh
const SSH_WAYS = /^(?:.*\.)?(?:ssh|smart|paramiko|paramiko_ssh|libssh)$/

// local, ansible.builtin.local
const LOCAL_WAY = /^(?:.*\.)?local$/

/** Reads the variables that say how a host is reached; those that cannot be used are reported, and all others are passed over. */
export function readConnection(variables: Variables, report: (remark: Remark) => void): Connection {
  const reading = { variables, report }
  const way = readText(['ansible_connection'], t`write it out`, reading)?.text ?? 'ssh'
  const isLocal = LOCAL_WAY.test(way)
  if (!isLocal && !SSH_WAYS.test(way)) return { levels: [], isLocal, otherWay: way }
  const levels = [...(isLocal ? [] : readSsh(reading)), ...readBecome(reading)]
  reportPasswords(reading)
  return { levels, isLocal }
}

function readSsh(reading: Reading): SettingsLevel[] {
  const host = readText(['ansible_host', 'ansible_ssh_host'], t`write the address out`, readingOf('address', reading))
  const rule = t`a host name or an IP address`
  const address = keepIf(host, (text) => isName(text) || isIP(text) > 0, rule, readingOf('address', reading))
  const options = listSshOptions(reading)
  const { settings, unused } = mapSshOptions(options)
  for (const { keyword, written, within, given } of unused) {
    const option = nameOption(written)
    const what = within ? t`holds ${option} in its ${within}, which is not used` : t`holds ${option}, which is not used`
    const mend = t`say it in ~/.ssh/config, which is honoured`
    const hides = within === undefined ? HIDING[keyword] : undefined
    reading.report({ place: given.source.place, name: given.name, what, mend, ...(hides && { hides }) })
  }
  const keys = Object.keys(settings).filter(isKeyOf(settings))
  return [
    ...(address ? [toLevel(address, { address: address.text })] : []),
    ...keys.flatMap((key) => {
      const option = options.find((each) => mapSshOptions([each]).settings[key] !== undefined)
      return option ? [toLevel(option.given, { [key]: settings[key] })] : []
    }),
  ]
}

/** The options that say where a host is. */
const HIDING: Readonly<Record<string, HiddenSetting>> = {
  hostname: 'address',
  port: 'port',
  proxycommand: 'jump',
  proxyjump: 'jump',
  user: 'user',
}

/** Without its value, which may hold a password: `sshpass -p …`. */
function nameOption(written: string): string {
  // samples: -o ProxyCommand=nc -X 5 %h %p, -o "ProxyCommand …", -b 10.0.0.1
  const [name] = /^-o\s*\w+|^-\w/.exec(written) ?? []
  return name === undefined ? t`a word that is no option of ssh` : `'${name}'`
}

function isKeyOf(settings: Settings): (key: string) => key is keyof Settings {
  return (key): key is keyof Settings => key in settings
}

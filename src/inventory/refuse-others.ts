import { extname } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'

// plugin: amazon.aws.aws_ec2
const PLUGIN = /^["']?plugin["']?\s*:\s*["']?([\w.-]+)/m

// 10.0.0.1  web01.example.com web01
const HOSTS_FILE = /^\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)\s+[^\s=]+(?:\s+[^\s=]+)*\s*(?:#.*)?$/i

// Host web*
const SSH_CONFIG = /^\s*(?:Host|Match)\s+\S/i

//   HostName=10.0.0.1
const KEYWORD_AND_VALUE = /^\s*[a-z]+\d*[\s=]+\S/i

/**
 * Throws UserError for what Ansible alone can read; `asked` is what was named with -i: the mend says how it becomes an inventory.
 */
export function refusePlugins(text: string, file: string, asked: string): void {
  const [, plugin] = PLUGIN.exec(text) ?? []
  const isToml = extname(file) === '.toml'
  if (plugin === undefined && !isToml) return
  const message =
    plugin === undefined
      ? t`this is an inventory in TOML, which only Ansible reads`
      : t`this is the configuration of Ansible's inventory plugin '${plugin}', which only Ansible reads`
  const mend = t`let Ansible read it: ansible-inventory -i ${asked} --list > inventory.json`
  throw new UserError(message, { place: { file }, mend })
}

/** Throws UserError for files that hold hosts, but do not say which are meant. */
export function refuseLookalikes(text: string, file: string): void {
  const place = { file }
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line))
  if (lines.length > 0 && lines.every((line) => HOSTS_FILE.test(line))) {
    const mend = t`write a list of those that are, one host a line`
    throw new UserError(t`this looks like /etc/hosts, which does not say which hosts are meant`, { place, mend })
  }
  if (lines.some((line) => SSH_CONFIG.test(line)) && lines.every((line) => KEYWORD_AND_VALUE.test(line))) {
    const mend = t`leave out -i, and name hosts of it: fleetdx hosts -F ${file} web01`
    throw new UserError(t`this looks like an ssh_config`, { place, mend })
  }
}

import { extname } from 'node:path'
import { UserError } from '../errors.js'

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
  const what =
    plugin === undefined ? 'an inventory in TOML' : `the configuration of Ansible's inventory plugin '${plugin}'`
  const mend = `let Ansible read it: ansible-inventory -i ${asked} --list > inventory.json`
  throw new UserError(`this is ${what}, which only Ansible reads`, { place: { file }, mend })
}

/** Throws UserError for files that hold hosts, but do not say which are meant. */
export function refuseLookalikes(text: string, file: string): void {
  const place = { file }
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line))
  if (lines.length > 0 && lines.every((line) => HOSTS_FILE.test(line))) {
    const mend = 'write a list of those that are, one host a line'
    throw new UserError('this looks like /etc/hosts, which does not say which hosts are meant', { place, mend })
  }
  if (lines.some((line) => SSH_CONFIG.test(line)) && lines.every((line) => KEYWORD_AND_VALUE.test(line))) {
    const mend = `leave out -i, and name hosts of it: fleetdx hosts -F ${file} web01`
    throw new UserError('this looks like an ssh_config', { place, mend })
  }
}

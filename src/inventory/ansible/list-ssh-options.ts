import { t } from '../../language/language.js'
import { isUserName } from '../schema.js'
import { type Given, keepIf, type Reading, readBoolean, readingOf, readText, reportOdd } from './read-variable.js'
import { splitWords } from './split-words.js'
import { readSshOptions, type SshOption } from './ssh-options.js'

/** An option of `ssh`, and the variable that gives it. */
export type GivenOption = SshOption & { given: Given }

/** Everything in the order in which Ansible gives it to `ssh` (`_build_command` of plugins/connection/ssh.py). */
export function listSshOptions(reading: Reading): GivenOption[] {
  const checks = readBoolean(['ansible_host_key_checking', 'ansible_ssh_host_key_checking'], reading)
  return [
    ...readArguments('ansible_ssh_args', reading),
    ...(checks?.value === false
      ? [{ keyword: 'stricthostkeychecking', value: 'no', written: '', given: checks.given }]
      : []),
    ...readOption(
      'port',
      ['ansible_port', 'ansible_ssh_port'],
      isPort,
      t`a port from 1 to 65535`,
      readingOf('port', reading),
    ),
    ...readOption(
      'identityfile',
      ['ansible_private_key_file', 'ansible_ssh_private_key_file'],
      (text) => !/[%$]/.test(text),
      t`a path without tokens and variables of ssh`,
      reading,
    ),
    ...readOption('user', ['ansible_user', 'ansible_ssh_user'], isUserName, t`a user name`, readingOf('user', reading)),
    ...readArguments('ansible_ssh_common_args', reading),
    ...readArguments('ansible_ssh_extra_args', reading),
    ...readOption(
      'proxycommand',
      ['ansible_paramiko_proxy_command'],
      () => true,
      t`a command`,
      readingOf('jump', reading),
    ),
  ]
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536
}

function mendOf(keyword: string): string {
  if (keyword === 'identityfile') return t`write it out, or give --identity`
  return keyword === 'user' ? t`write it out, or give --user` : t`write it out`
}

function readOption(
  keyword: string,
  names: string[],
  isGood: (text: string) => boolean,
  rule: string,
  reading: Reading,
): GivenOption[] {
  const given = keepIf(readText(names, mendOf(keyword), reading), isGood, rule, reading)
  return given ? [{ keyword, value: given.text, written: given.text, given }] : []
}

/** What cannot be read may lead through a jump host. */
function readArguments(name: string, whole: Reading): GivenOption[] {
  const reading = readingOf('jump', whole)
  const given = readText([name], t`write it out, or say it in ~/.ssh/config, which is honoured`, reading)
  if (given === undefined) return []
  const words = trySplit(given.text)
  if (words === undefined) reportOdd(given, t`words as a shell has them`, reading)
  const { options, rest } = readSshOptions(words ?? [])
  const others = rest.map((word) => ({ keyword: word, value: '', written: word }))
  return [...options, ...others].map((option) => ({ ...option, given }))
}

function trySplit(text: string): string[] | undefined {
  try {
    return splitWords(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

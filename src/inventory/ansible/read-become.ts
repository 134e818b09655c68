import { t } from '../../language/language.js'
import type { SettingsLevel } from '../load.js'
import { type Reading, readBoolean, readText, toLevel } from './read-variable.js'

/** To become root is what fleetdx does of all this, by sudo or doas. */
export function readBecome(reading: Reading): SettingsLevel[] {
  const become = readBoolean(['ansible_become'], reading)
  if (become === undefined) return []
  if (!become.value) return [toLevel(become.given, { sudo: 'never' })]
  const method = readText(['ansible_become_method'], t`write it out`, reading)
  const user = readText(['ansible_become_user', 'ansible_sudo_user'], t`write it out`, reading)
  // sample: sudo, ansible.builtin.sudo, community.general.doas
  const isKnown = method === undefined || /^(?:.*\.)?(?:sudo|doas)$/.test(method.text)
  if (method && !isKnown) {
    const what = t`is '${method.text}', which is not known`
    reading.report({
      place: method.source.place,
      name: method.name,
      what,
      mend: t`sudo and doas are; without them fleetdx sees what the login may see`,
    })
  }
  if (user && user.text !== 'root') {
    const what = t`is '${user.text}', and fleetdx becomes nobody but root`
    reading.report({ place: user.source.place, name: user.name, what, mend: t`root is tried instead` })
  }
  return isKnown ? [toLevel(become.given, { sudo: 'always' })] : []
}

const PASSWORDS = [
  {
    names: ['ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password'],
    mend: () => t`give --ask-pass if the server wants it`,
  },
  {
    names: ['ansible_become_password', 'ansible_become_pass', 'ansible_sudo_pass'],
    mend: () => t`give --ask-sudo-pass if sudo wants it`,
  },
]

/** Names the passwords that are there. None of them is read. */
export function reportPasswords({ variables, report }: Reading): void {
  for (const { names, mend } of PASSWORDS) {
    for (const name of names) {
      const source = variables.get(name)
      if (source === undefined || source.value === null || source.value === '') continue
      report({ place: source.place, name, what: t`is a password, and none is taken from an inventory`, mend: mend() })
    }
  }
}

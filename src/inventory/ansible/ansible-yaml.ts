import type { UserError } from '../../errors.js'
import { readYaml, type YamlFile } from '../read-yaml.js'

/** What a value begins with that `ansible-vault` has encrypted; one with the tag !vault is made to begin so. */
const VAULT = '$ANSIBLE_VAULT;'

/** PyYAML, which Ansible reads with, speaks YAML 1.1: `yes` is true, and `<<` merges. */
const DIALECT = {
  version: '1.1',
  customTags: [
    { tag: '!vault', resolve: (text: string) => (isEncrypted(text) ? text : VAULT + text) },
    { tag: '!vault-encrypted', resolve: (text: string) => (isEncrypted(text) ? text : VAULT + text) },
    { tag: '!unsafe', resolve: (text: string) => text },
  ],
} as const

/** Reads YAML as Ansible does: of keys that stand twice the last one counts. Throws InventoryError. */
export function readAnsibleYaml(text: string, file: string, onTwin: (twin: UserError) => void = () => {}): YamlFile {
  return readYaml(text, file, { ...DIALECT, customTags: [...DIALECT.customTags], onTwin })
}

/** Whether a text, or the whole text of a file, is encrypted by `ansible-vault`. */
export function isEncrypted(text: string): boolean {
  return text.trimStart().startsWith(VAULT)
}

/** Whether a value is a mapping of names. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { isEncrypted, isMapping, readAnsibleYaml } from './ansible-yaml.js'
import type { Variables } from './tree.js'

/** What the files of `group_vars` or `host_vars` set for a group or a host. */
export type ReadVariables = (name: string) => Promise<Variables>

const EXTENSIONS = ['.yml', '.yaml', '.json']

/**
 * Opens a folder of variable files: for NAME the folder NAME or the file NAME, else NAME.yml, NAME.yaml or NAME.json, the first that is
 * there (`find_vars_files` of parsing/dataloader.py). A folder that is not there holds nothing; a file that is encrypted whole is noted.
 */
export async function openVarsFolder(folder: string, notes: string[]): Promise<ReadVariables> {
  const present = new Set(await readdir(folder).catch(() => []))
  return async (name) => {
    const found = ['', ...EXTENSIONS].map((extension) => name + extension).find((file) => present.has(file))
    const variables: Variables = new Map()
    if (found === undefined) return variables
    for (const file of await listFiles(join(folder, found))) await readVariables(file, variables, notes)
    return variables
  }
}

/** A folder stands for its files and those of its folders, in the order of their names, without hidden and backup files. */
async function listFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => !name.startsWith('.') && !name.endsWith('~')).sort()
  const files = await Promise.all(
    names.map(async (name) => {
      const isFolder = (await stat(join(path, name))).isDirectory()
      const isWanted = isFolder ? extname(name) === '' : ['', ...EXTENSIONS].includes(extname(name))
      return isWanted ? listFiles(join(path, name)) : []
    }),
  )
  return files.flat()
}

async function readVariables(file: string, variables: Variables, notes: string[]): Promise<void> {
  const text = await readText(file)
  if (isEncrypted(text)) {
    notes.push(t`${file}: it is encrypted by ansible-vault, which is not opened: what it sets is not used`)
    return
  }
  const yaml = readAnsibleYaml(text, file)
  if (!isMapping(yaml.data ?? {})) {
    const mend = t`write 'name: value', each on a line of its own`
    throw new UserError(t`a file of variables must be a mapping`, { place: yaml.placeOf([]), mend })
  }
  for (const [name, value] of Object.entries(yaml.data ?? {}))
    variables.set(name, { value, place: yaml.placeOf([name]) })
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(t`the variables cannot be read: ${reason}`, { place: { file }, cause })
  }
}

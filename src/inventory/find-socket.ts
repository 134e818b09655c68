import { readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { globTest } from './target.js'

/** Whether a file is a socket. */
export function isSocket(file: string): boolean {
  try {
    return statSync(file).isSocket()
  } catch {
    return false
  }
}

/** Whether a ControlPath, as ssh_config has it, may stand for a socket that is there. Unsure means yes. */
export function mayFindSocket(controlPath: string, home: string): boolean {
  if (controlPath.toLowerCase() === 'none') return false
  // Any text may stand in place of a token: %C, ${HOME}
  const glob = controlPath.replace(/^~(?=\/)/, home).replace(/%.|\$\{[^}]*\}/g, '*')
  const folder = dirname(glob)
  if (!folder.startsWith('/') || folder.includes('*')) return true
  const matches = globTest(basename(glob))
  try {
    return readdirSync(folder).some((name) => matches(name) && isSocket(`${folder}/${name}`))
  } catch {
    return false
  }
}

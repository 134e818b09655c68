import { knownValue } from '../../fact.js'
import { sh } from '../../shell.js'
import type { RemedyStep, Scene } from '../define.js'
import { asRoot } from './remedies.js'

/**
 * Replaces a piece of what the path's proxy_pass dials, where it is written: in its own line, or in the upstream block
 * that it names. `from` is a basic regular expression. What a variable holds is found by a person only.
 */
export function replaceInTarget(scene: Scene, from: string, to: string, note: string): RemedyStep[] {
  const pass = scene.path.location?.proxyPass
  if (!pass) return []
  if (pass.target.hasVariables) return editTarget(scene, note)
  const block = knownValue(scene.facts.nginx)?.upstreams.find(({ name }) => name === pass.upstream)
  const { file, line } = block?.place ?? pass.place
  const where = block ? `upstream ${block.name} in ${file}` : `line ${line} of ${file}`
  const mark = `${from}${to}`.includes('/') ? '|' : '/'
  const change = `s${[mark, from, mark, to, mark].join('')}`
  // From the first line of a block to the one that closes it, which may be the same.
  const edit = block ? `${line}{:a;${change};/}/b;n;ba}` : `${line}${change}`
  return [
    { command: asRoot(scene.login, sh`sed -i --follow-symlinks ${edit} ${file}`), note: `${note} (changes ${where})` },
  ]
}

/** Opens the line of the path's proxy_pass. */
export function editTarget({ path: { location }, login }: Scene, note: string): RemedyStep[] {
  const place = location?.proxyPass?.place
  return place ? [{ command: asRoot(login, sh`nano ${`+${place.line}`} ${place.file}`), note }] : []
}

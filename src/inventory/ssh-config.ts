import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import pLimit from 'p-limit'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { Environment } from './account.js'
import { askOnce, type Given, leaveOut, rememberMasters } from './ask-ssh.js'
import { HostObstacle } from './host-obstacle.js'
import { explainSsh, runSsh } from './run-ssh.js'
import { readSshBlocks } from './ssh-blocks.js'
import { layOutSsh, type SshLayout } from './ssh-layout.js'
import { parseSshWords, readSshSettings, type SshSettings } from './ssh-settings.js'

/** The ssh_config of whoever runs fleetdx, as the system's own `ssh` reads it. */
export interface SshConfig {
  /** What it is called in front of people. */
  label: string
  /** What `ssh -F` is to be given, if anything. */
  file?: string
  /** What it sets for a host whose name and other settings are given: they take part in `Match`. Throws HostObstacle. */
  lookUp(name: string, given: Given): Promise<SshSettings>
  /** The names of hosts that stand in it, without patterns, in order. */
  aliases: readonly string[]
  /** Whether it means this name in particular, be it by a pattern. */
  names(name: string): boolean
  /** Why it is not honoured, though it is there. */
  note?: string
}

/** Where ssh_config is, and for whom it is read. */
export interface SshConfigSources {
  /** A file in place of ~/.ssh/config and /etc/ssh/ssh_config, or `none`. */
  named?: string | undefined
  cwd: string
  home: string
  /** The home folder in the system's list of users, which ssh goes by; not `HOME`. */
  sshHome: string
  env: Environment
}

/** Reads nothing of any host. */
const ignored: SshConfig = {
  label: 'ssh_config',
  lookUp: async () => ({ settings: {}, ways: {} }),
  aliases: [],
  names: () => false,
}

/**
 * Opens ssh_config by asking `ssh -G`: once for all hosts that it treats alike, and once for each of the others. Where
 * there is no such program, it is passed over, and said so. Throws UserError when a file was named that cannot be asked
 * for, and when what it says is no ssh_config.
 */
export async function openSshConfig(sources: SshConfigSources): Promise<SshConfig> {
  const { named, cwd, home, sshHome, env } = sources
  if (named === 'none') return { ...ignored, file: 'none' }
  const file = named === undefined ? undefined : resolve(cwd, named)
  if (file === undefined && !listUsualFiles([sshHome, home], env).some(existsSync)) return ignored
  const config = file === undefined ? [] : ['-F', file]
  const limit = pLimit(availableParallelism())
  const run = (words: readonly string[]) => limit(() => runSsh(words, env))
  const [defaults, layout] = await Promise.all([
    run(['-G', '-T', '-F', 'none', '--', 'localhost']).catch(explainSsh),
    readLayout(run(['-G', '-T', '-vvv', ...config, '--', 'localhost']), sshHome),
  ])
  if (typeof defaults === 'string') return passOver(file, [sshHome, home], defaults)
  if (layout instanceof UserError) throw layout
  const ask = askOnce(layout, (words) => run(['-G', '-T', ...config, ...words]))
  const findMaster = rememberMasters(run)
  const plain = parseSshWords(defaults.stdout)
  const written = (keyword: string) => layout?.valuesOf(keyword) ?? []
  return {
    label: file ?? 'ssh_config',
    ...(file !== undefined && { file }),
    async lookUp(name, given) {
      const answer = await ask(name, given).catch((error: unknown) => {
        const mend = t`see what 'ssh ${['-G', ...config, name].join(' ')}' says, or leave ssh_config out: -F none`
        throw new HostObstacle(t`ssh cannot read its configuration for '${name}': ${explainSsh(error)}`, mend, error)
      })
      const words = leaveOut(answer, given)
      const hasMaster = await findMaster(words, name)
      const source = { words, defaults: plain, written, hasMaster }
      const said = readSshSettings({ ...source, context: { name, cwd, sshHome, env } })
      const isAlias = layout?.names(name) && given.address === undefined && given.jump === undefined
      return isAlias && given.identityFile === undefined ? { ...said, ways: { ...said.ways, isAlias } } : said
    },
    aliases: layout?.aliases ?? [],
    names: (name) => layout?.names(name) ?? false,
  }
}

/** The files that ssh reads when none is named; where it was not installed by the system, its own lie beside it. */
function listUsualFiles(homes: string[], env: Environment): string[] {
  const program = env.PATH?.split(delimiter).find((folder) => folder !== '' && existsSync(join(folder, 'ssh')))
  const prefixes = ['/', '/usr', ...(program === undefined ? [] : [dirname(program)])]
  return [...homes.map(toOwnFile), ...prefixes.map((prefix) => join(prefix, 'etc/ssh/ssh_config'))]
}

function toOwnFile(home: string): string {
  return join(home, '.ssh', 'config')
}

function passOver(file: string | undefined, homes: string[], reason: string): SshConfig {
  if (file !== undefined) {
    throw new UserError(t`${file} cannot be honoured: ${reason}`, { mend: t`install OpenSSH's client, which reads it` })
  }
  const own = homes.map(toOwnFile).find(existsSync)
  return own === undefined ? ignored : { ...ignored, note: t`${own} is not honoured: ${reason}` }
}

/** Has ssh tell which files it reads; a UserError when one of them is wrong for every host. */
async function readLayout(
  telling: Promise<{ stderr: string }>,
  sshHome: string,
): Promise<SshLayout | UserError | undefined> {
  try {
    const blocks = readSshBlocks((await telling).stderr)
    return blocks && layOutSsh(blocks, sshHome)
  } catch (error) {
    return readMistake(explainSsh(error), error)
  }
}

/** What is wrong with a file, and not with the one host that was asked for. */
function readMistake(said: string, cause: unknown): UserError | undefined {
  // sample: /home/me/.ssh/config: line 2: Bad configuration option: usr
  const [, file, line, message] = /^(.+?):? line (\d+): (.*)$/.exec(said) ?? []
  if (file !== undefined && message !== undefined) {
    const mend = t`mend that line, or leave ssh_config out: -F none`
    return new UserError(t`ssh cannot read it: ${message}`, { place: { file, line: Number(line) }, mend, cause })
  }
  // sample: Can't open user config file /x: No such file or directory; Bad owner or permissions on /home/me/.ssh/config
  if (!/^(Can't open user config file|Bad owner or permissions on) /.test(said)) return undefined
  return new UserError(t`ssh cannot read its configuration: ${said}`, { mend: t`name another one: -F FILE`, cause })
}

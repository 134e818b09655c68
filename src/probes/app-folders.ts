import { posix } from 'node:path'
import { type Fact, knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import { sh } from '../shell.js'
import type { Pm2Facts } from './pm2.js'
import type { ProcessesFacts } from './processes.js'
import type { ServicesFacts } from './services.js'

/** A folder that an app runs in. */
export interface AppFolder {
  cwd: string
  /** Where the app's own files are: cwd, unless its arguments or its script name another place. */
  folder: string
  /** Whose rights read it; null = those of whoever owns it. */
  uid: number | null
}

const mostFolders = 40

/** The folders of a host's apps, each once: of pm2's list, of what it had saved, of the inventory, of living processes, of services. */
export function findAppFolders(
  facts: { pm2: Fact<Pm2Facts>; processes: Fact<ProcessesFacts>; services: Fact<ServicesFacts> },
  apps: readonly AppHint[],
): AppFolder[] {
  const found = [
    ...foldersOfPm2(facts.pm2),
    ...foldersOfHints(apps),
    ...foldersOfProcesses(facts.processes),
    ...foldersOfServices(facts.services),
  ]
  const kept: AppFolder[] = []
  for (const next of found.filter(({ cwd }) => /^\/./.test(cwd))) {
    const isKnown = kept.some(({ cwd, folder }) => cwd === next.cwd && (folder === next.folder || next.folder === cwd))
    if (!isKnown) kept.push(next)
  }
  return kept.slice(0, mostFolders)
}

function foldersOfPm2(pm2: Fact<Pm2Facts>): AppFolder[] {
  return (knownValue(pm2)?.daemons ?? []).flatMap(({ uid, apps, saved, projects }) => [
    ...[...(apps ?? []).filter((app) => !app.isModule), ...(saved ?? [])].map((app) => ({
      cwd: app.cwd,
      folder: findProject(app),
      uid,
    })),
    ...projects.map((cwd) => ({ cwd, folder: cwd, uid })),
  ])
}

function foldersOfHints(apps: readonly AppHint[]): AppFolder[] {
  return apps.flatMap(({ cwd }) => (cwd === undefined ? [] : [{ cwd, folder: cwd, uid: null }]))
}

/** Those of Node.js, Bun and Deno; a container's folders are no folders of this host. */
function foldersOfProcesses(processes: Fact<ProcessesFacts>): AppFolder[] {
  return (knownValue(processes)?.processes ?? [])
    .filter(({ name, unit }) => /^(?:node|next|npm|yarn|pnpm|bun|deno|MainThread)/.test(name) && !isContainer(unit))
    .flatMap(({ cwd, uid }) => {
      const folder = cwd?.replace(/ \(deleted\)$/, '')
      return folder === undefined ? [] : [{ cwd: folder, folder, uid }]
    })
}

/** Those of services, also of one that does not run. */
function foldersOfServices(services: Fact<ServicesFacts>): AppFolder[] {
  return (knownValue(services)?.units ?? []).flatMap(({ role, workingDirectory: cwd }) =>
    role === 'app' && cwd !== null ? [{ cwd, folder: cwd, uid: null }] : [],
  )
}

function isContainer(unit: string | null): boolean {
  // sample: docker-4f1c…, libpod-4f1c….scope, kubepods-besteffort…
  return unit !== null && /^(?:docker|podman|libpod|cri-containerd|crio|kubepods|lxc)\b/.test(unit)
}

/** The project folder that a command line works on, if it names one other than its working folder. */
export function findProject({ cwd, script, args }: { cwd: string; script: string; args: readonly string[] }): string {
  const folder = posix.dirname(script)
  const isCopied = !`${folder}/`.startsWith(`${cwd}/`)
  // sample: /srv/app/.next/standalone/server.js, which changes to its own folder
  if (posix.basename(script) === 'server.js' && (isCopied || /\/standalone(?:\/|$)/.test(folder))) return folder
  const named = findOption(args, ['--prefix', '--cwd', '--dir', '-C']) ?? findStartFolder(script, args)
  return named === undefined ? cwd : posix.resolve(cwd, named)
}

function findOption(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    const [name = '', value] = arg.split('=', 2)
    if (names.includes(name)) return value ?? args[index + 1]
  }
  return undefined
}

/** `next start apps/web -p 3000`. A bare number there is a misplaced port, not a folder. */
function findStartFolder(script: string, args: readonly string[]): string | undefined {
  if (posix.basename(script) !== 'next' || args[0] !== 'start') return undefined
  const rest = args.slice(1)
  return rest.find((arg, index) => !/^-|^\d+$/.test(arg) && !/^-[^=]*$/.test(rest[index - 1] ?? ''))
}

/**
 * Words of sh for reading such folders.
 *
 * - `in_folder UID CWD WORD …`  runs a word with the rights of that user, or, where UID is '', of the folder's owner.
 *   Only root can take other rights: for everyone else their own have to do.
 * - `is_gone PATH`  whether a path is surely absent, not merely out of sight.
 * - `show_mtime KEY PATH`  prints `KEY SECONDS`
 */
export const folderWords = sh`
in_folder() {
  folder_uid=$1 folder_cwd=$2; shift 2
  [ "$fx_uid" = 0 ] || { "$@"; return; }
  [ -n "$folder_uid" ] || folder_uid=$(stat -Lc %u "$folder_cwd" || echo 0)
  as_user "$folder_uid" "$(id -g "$folder_uid" || echo 65534)" "$@" || [ $? != 126 ] ||
    cannot tool-missing "$folder_cwd (nothing here lets root become user $folder_uid)"
}
is_gone() { case $(ls -dL "$1" 2>&1) in *'No such file'*|*'Not a directory'*) return 0 ;; *) return 1 ;; esac; }
show_mtime() { stat -Lc "$1 %Y" "$2"; }
`

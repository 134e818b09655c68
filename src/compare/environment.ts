import type { App } from '../path/app.js'

/**
 * The environment that an app runs with: the names of its variables, and of each the digest of its value, keyed anew for
 * every run; null where only the name was seen. Values never leave a host.
 */
export type Environment = ReadonlyMap<string, string | null>

/** Those that Next.js reads in production, the one that wins last: https://nextjs.org/docs/app/guides/environment-variables */
const envFiles = ['.env', '.env.production', '.env.local', '.env.production.local']

/**
 * What comes with a login, a terminal, an editor, systemd, npm or pm2 itself, and what names one host or one instance:
 * it differs without anybody having configured it, and says nothing of the app.
 */
const incidental = new RegExp(
  `^(?:${[
    // sample: SSH_CONNECTION, XDG_SESSION_ID, LC_ALL, VSCODE_IPC_HOOK_CLI, npm_lifecycle_event, PM2_HOME, axm_options
    '(?:SSH|XDG|LC|VSCODE|SUDO|GPG|DBUS|LESS|HIST|TMUX|npm|NPM|NVM|FNM|PM2|pm2|pm|axm|MEMORY_PRESSURE|LISTEN)(?:_.*)?',
    '_|SHLVL|PWD|OLDPWD|INIT_CWD|LS_COLORS|TERM|TERM_PROGRAM|TERM_PROGRAM_VERSION|COLORTERM|COLOR|COLUMNS|LINES',
    'LANG|LANGUAGE|EDITOR|VISUAL|PAGER|LESSOPEN|LESSCLOSE|MAIL|USER|USERNAME|LOGNAME|HOME|SHELL|DISPLAY|WAYLAND_DISPLAY|STY|WINDOW',
    'PS1|PROMPT_COMMAND|MOTD_SHOWN|which_declare|BASH_.*|ZSH|GIT_ASKPASS|PATH|MANPATH|NODE_APP_INSTANCE|HOSTNAME|HOST_NAME',
    'INVOCATION_ID|JOURNAL_STREAM|NOTIFY_SOCKET|SYSTEMD_EXEC_PID|MANAGERPID|MAINPID|CREDENTIALS_DIRECTORY|RUNTIME_DIRECTORY',
    'unique_id|instance_var|exec_mode|windowsHide|treekill|vizion_running|km_link|NODE_CHANNEL_.*',
  ].join('|')})$`,
)

/** Whether a variable says nothing of how its app is configured. */
export function isIncidental(name: string): boolean {
  return incidental.test(name)
}

/**
 * What an app's process was started with, over what its .env files say; undefined where a part of it could not be seen, as
 * nothing can be said then of what is not in it.
 */
export function environmentOf({ name: app, instances, service, files }: App): Environment | undefined {
  const own = ownEnvironment(instances[0], service)
  const inFiles = envFiles.flatMap((file) => files?.envFiles.find(({ name }) => name === file) ?? [])
  if (!own || !files || inFiles.some(({ keys }) => keys === null)) return undefined
  const layers = [...inFiles.map(({ keys, digests }) => toEntries(keys ?? [], digests)), own]
  // pm2 puts the name of an app into its environment, too.
  return new Map(layers.flat().filter(([name]) => name !== app && !isIncidental(name)))
}

type Entry = readonly [name: string, digest: string | null]

function ownEnvironment(instance: App['instances'][number] | undefined, service: App['service']): Entry[] | undefined {
  if (instance) return toEntries(instance.envKeys, instance.envDigests)
  if (!service?.unit) return undefined
  const { environment, envKeys, envDigests } = service.unit
  return toEntries([...Object.keys(environment), ...envKeys], envDigests)
}

function toEntries(names: readonly string[], digests: Readonly<Record<string, string>> = {}): Entry[] {
  return names.map((name) => [name, digests[name] ?? null])
}

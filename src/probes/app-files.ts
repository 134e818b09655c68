import { z } from 'zod'
import { joinScripts, sh } from '../shell.js'
import { findAppFolders, folderWords } from './app-folders.js'
import { defineProbe, type Part } from './define.js'
import { digestsSchema, envWords, readDigests } from './env-digests.js'
import { KeyLines } from './key-lines.js'
import pm2 from './pm2.js'
import processes from './processes.js'
import services from './services.js'

const envFileSchema = z.object({
  name: z.string(),
  modifiedMs: z.number().nullable(),
  /** Names only: values never leave the host. null where the file may not be read. */
  keys: z.array(z.string()).nullable(),
  /** Of the values as they are written, as env-digests.ts says. */
  digests: digestsSchema.optional(),
})

const appFilesFactsSchema = z.object({
  apps: z.array(
    z.object({
      cwd: z.string(),
      envFiles: z.array(envFileSchema),
      /** The file that `pm2 start` would be given. */
      ecosystemFile: z.string().nullable(),
      /** When the folder itself (`.`), package.json, the ecosystem file and git's HEAD were changed last: signs of a deployment. */
      changes: z.array(z.object({ name: z.string(), modifiedMs: z.number() })).optional(),
    }),
  ),
})
export type AppFilesFacts = z.infer<typeof appFilesFactsSchema>

const readFiles = sh`
app_files_read() (
  part app "$1"
  if ! cd "$2"; then
    is_gone "$2" || cannot permission "the settings files in $2"
    return
  fi
  for name in ecosystem.config.js ecosystem.config.cjs ecosystem.config.mjs ecosystem.config.json ecosystem.json pm2.config.js pm2.json process.json; do
    [ -f "$name" ] && { echo "ecosystem $name"; break; }
  done
  stat -c 'changed %Y %n' . package.json .git/logs/HEAD "$name" | sort -u
  for name in .env .env.local .env.production .env.production.local; do
    [ -f "$name" ] || continue
    part env "$name"
    show_mtime modified "$name"
    if [ -r "$name" ]; then echo readable; env_keys "$name" "$3"
    else cannot permission "$2/$name"; fi
  done
)
`

export default defineProbe({
  name: 'app-files',
  title: "the apps' settings files",
  needs: { pm2, processes, services },
  elevated: true,
  library: joinScripts([folderWords, envWords, readFiles]),
  script: (facts, apps) => {
    const folders = findAppFolders(facts, apps)
    if (folders.length === 0) return undefined
    return joinScripts([
      sh`app_files_until=$(env_until)`,
      ...folders.map(
        ({ cwd, folder, uid }) => sh`in_folder ${uid ?? ''} ${cwd} app_files_read ${cwd} ${folder} "$app_files_until"`,
      ),
    ])
  },
  alone: sh`each_folder app_files_read`,
  facts: appFilesFactsSchema,
  parse: ({ parts }) => {
    const apps: AppFilesFacts['apps'] = []
    for (const part of parts) {
      if (part.kind === 'app') apps.push(readFolder(part))
      else apps.at(-1)?.envFiles.push(readEnvFile(part))
    }
    return { apps }
  },
})

function readFolder({ label, text }: Part): AppFilesFacts['apps'][number] {
  const lines = new KeyLines(text)
  const changes = lines.all('changed').flatMap((line) => {
    // sample: 1795514538 package.json
    const [, seconds, name = ''] = /^(\d{1,12}) (.+)$/.exec(line) ?? []
    return seconds === undefined ? [] : [{ name, modifiedMs: Number(seconds) * 1000 }]
  })
  return {
    cwd: label,
    envFiles: [],
    ecosystemFile: lines.first('ecosystem'),
    ...(changes.length > 0 && { changes }),
  }
}

function readEnvFile({ label, text }: Part): z.infer<typeof envFileSchema> {
  const lines = new KeyLines(text)
  const seconds = lines.number('modified')
  const digests = readDigests(lines.all('digest'))
  return {
    name: label,
    modifiedMs: seconds === null ? null : seconds * 1000,
    keys: lines.has('readable') ? lines.all('key') : null,
    ...(digests && { digests }),
  }
}

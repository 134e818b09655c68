import { isIP } from 'node:net'
import { z } from 'zod'
import { t } from '../language/language.js'
import { checksSchema } from './check-schema.js'
import { duration, mapping, text } from './schema-words.js'

/* The shape of inventory.yaml, in the words of schema-words.ts. */

// db-1.example.com
const HOST_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u
// deploy
const USER_NAME = /^[\p{L}\p{N}_][^\s\p{Cc}:/]*$/u

const addressRule = () => t`a host name or an IP address; the keys 'user' and 'port' say the rest`
const labelsRule = () => t`a mapping of names to texts; write { env: prod }`
const appsRule = () => t`a list of apps; write [{ name: shop, port: 3000 }]`
const hostsRule = () =>
  t`a list of host names; write [web01, db01], and settings of one host under the outermost 'hosts:'`

const list = (rule: () => string, item: z.ZodType<string>) => z.array(item, { error: rule })
const port = () => {
  const rule = () => t`a whole number from 1 to 65535`
  return z.int({ error: rule }).min(1, { error: rule }).max(65535, { error: rule })
}

const samples = () => {
  const rule = () => t`a whole number from 1 to 50`
  return z.int({ error: rule }).min(1, { error: rule }).max(50, { error: rule })
}

function named<Value extends z.ZodType>(value: Value, rule: () => string) {
  return z.preprocess((entries) => entries ?? {}, z.record(z.string(), value, { error: rule }))
}

const paths = () => {
  const rule = () => t`a path, or a list of paths`
  return z.preprocess((value) => (typeof value === 'string' ? [value] : value), list(rule, text(rule)))
}

const sudo = z.preprocess(
  (value) => (typeof value === 'boolean' ? (value ? 'always' : 'never') : value),
  z.enum(['auto', 'always', 'never'], { error: () => t`auto, always or never` }),
)

// YAML 1.1 reads `off` as false, and some editors write it so.
const hostKeys = z.preprocess(
  (value) => (value === false ? 'off' : value),
  z.enum(['strict', 'accept-new', 'off'], { error: () => t`strict, accept-new or off` }),
)

const label = z
  .union([z.string(), z.number(), z.boolean()], { error: () => t`a text, a number or true or false` })
  .transform(String)
  .pipe(text(() => t`a text on one line`))

const app = mapping(
  {
    name: text(() => t`the name that PM2 gives the app, such as shop`),
    port: port().exactOptional(),
    cwd: text(() => t`a folder of the host, from its root, such as '/srv/shop'`, /^\/[^\p{Cc}]*$/u).exactOptional(),
    serverName: text(() => t`the host name that visitors ask for, such as shop.example.com`).exactOptional(),
    healthPath: text(() => t`a path that starts with '/', such as '/healthz'`, /^\/[^\s\p{Cc}]*$/u).exactOptional(),
    url: text(
      () => t`an address that starts with 'http://' or 'https://'`,
      /^https?:\/\/[^\s\p{Cc}]+$/u,
    ).exactOptional(),
  },
  () => t`a mapping such as { name: shop, port: 3000 }`,
)

const hostTimeouts = {
  connect: duration.exactOptional(),
  handshake: duration.exactOptional(),
  command: duration.exactOptional(),
  host: duration.exactOptional(),
}

const settings = {
  address: z
    .string({ error: addressRule })
    .refine((value) => isIP(value) > 0 || HOST_NAME.test(value), { error: addressRule })
    .exactOptional(),
  port: port().exactOptional(),
  user: text(() => t`a user name, such as deploy`, USER_NAME).exactOptional(),
  identityFile: paths().exactOptional(),
  knownHostsFile: paths().exactOptional(),
  hostKeys: hostKeys.exactOptional(),
  jump: text(() => t`a host of this inventory, user@host:port, or 'none'`).exactOptional(),
  transport: z.enum(['auto', 'ssh2', 'openssh'], { error: () => t`auto, ssh2 or openssh` }).exactOptional(),
  passwordCommand: text(
    () => t`a command of this machine that prints the password, such as 'pass show web'`,
  ).exactOptional(),
  sudoPasswordCommand: text(() => t`a command of this machine that prints sudo's password`).exactOptional(),
  sudo: sudo.exactOptional(),
  labels: named(label, labelsRule).exactOptional(),
  apps: z.array(app, { error: appsRule }).exactOptional(),
  checks: checksSchema.exactOptional(),
  samples: samples().exactOptional(),
  timeouts: mapping(hostTimeouts).exactOptional(),
}

const hostSettings = mapping(settings, () => t`a mapping of settings, or nothing`)

const group = mapping({
  hosts: list(
    hostsRule,
    text(() => t`a host name`),
  ).exactOptional(),
  children: list(
    () => t`a list of group names`,
    text(() => t`a group name`),
  ).exactOptional(),
  ...settings,
})

export const inventorySchema = mapping(
  {
    defaults: mapping({
      ...settings,
      timeouts: mapping({ ...hostTimeouts, run: duration.exactOptional() }).exactOptional(),
    }).exactOptional(),
    groups: named(group, () => t`a mapping of group names to groups`).exactOptional(),
    hosts: named(
      hostSettings,
      () => t`a mapping of host names; write each on a line of its own, with a colon: 'web01:'`,
    ).exactOptional(),
  },
  () => t`a mapping with the keys 'hosts', 'groups' and 'defaults'`,
)

/** What inventory.yaml says, as written: ranges, groups and inheritance not yet resolved. Durations are milliseconds. */
export type InventoryContent = z.infer<typeof inventorySchema>

/** What one level (defaults, a group, a host, the command line) sets for its hosts. Timeouts are milliseconds. */
export type Settings = z.infer<typeof hostSettings>

/** Whether a text can name a host or a group: letters, digits, `_`, `.` and `-`. */
export function isName(value: string): boolean {
  return HOST_NAME.test(value)
}

/** Whether a text can be the name of a user on a server. */
export function isUserName(value: string): boolean {
  return USER_NAME.test(value)
}

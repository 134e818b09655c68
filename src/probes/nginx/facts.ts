import { z } from 'zod'

const timeMs = z.number().nullable()

/** Where a directive stands; `line` counts from 1. */
const placeSchema = z.object({ file: z.string(), line: z.number() })

/** Where a `proxy_pass`, `fastcgi_pass`, `server` of an upstream… leads. */
const targetSchema = z.object({
  /** As written. */
  text: z.string(),
  /** http, https, grpc, fastcgi…; for a server of an upstream block `http`, as the block does not know. */
  scheme: z.string(),
  /** In lower case; null for unix sockets, and where it depends on a variable that reading could not resolve. */
  host: z.string().nullable(),
  /** With the scheme's default filled in; null for the name of an upstream block. */
  port: z.number().nullable(),
  unixPath: z.string().nullable(),
  /** Whether `text` has variables, so that nginx looks the host up per request and needs a `resolver`. */
  hasVariables: z.boolean(),
})

const locationSchema = z.object({
  /** With its modifier: `/`, `= /health`, `~ \.php$`, `@app`. */
  pattern: z.string(),
  place: placeSchema,
  /** The pattern of the location that this one is nested in. */
  within: z.string().optional(),
  proxyPass: z
    .object({
      /** The upstream block that it names. */
      upstream: z.string().nullable(),
      target: targetSchema,
      place: placeSchema,
    })
    .nullable(),
  /** `proxy_set_header` in effect here, by lower-case name; inherited only where the level sets none itself. */
  headers: z.record(z.string(), z.string()),
  /** `proxy_http_version` in effect, if set. */
  httpVersion: z.string().nullable(),
  /** Of a `return` outside `if`. */
  returnStatus: z.number().nullable(),
  readTimeoutSeconds: z.number().nullable(),
  connectTimeoutSeconds: z.number().nullable(),
})

const listenSchema = z.object({
  /** `0.0.0.0`, `::`, `127.0.0.1`, `localhost`, `unix:/run/nginx.sock`. */
  address: z.string(),
  port: z.number().nullable(),
  unixPath: z.string().nullable(),
  isTls: z.boolean(),
  /** Whether it says `default_server` itself; without any, the first site of the address is the default. */
  isDefault: z.boolean(),
})

/** A `server` block of http. */
const siteSchema = z.object({
  /** `server_name`s as written; [''] where none is set. */
  names: z.array(z.string()),
  listens: z.array(listenSchema),
  place: placeSchema,
  /** In the order of the file; nested ones follow the one that holds them. */
  locations: z.array(locationSchema),
  /** A `return` of the block itself, `301 https://$host$request_uri`. */
  redirects: z.string().nullable(),
  root: z.string().nullable(),
})

const upstreamSchema = z.object({
  name: z.string(),
  place: placeSchema,
  servers: z.array(z.object({ target: targetSchema, isDown: z.boolean(), isBackup: z.boolean() })),
})

/** What `nginx -t` would refuse, in nginx's own words, without its ` in FILE:LINE`. */
const mistakeSchema = z.object({ place: placeSchema, message: z.string() })

/** systemd's word on nginx. */
const unitSchema = z.object({
  activeState: z.string(),
  /** `success`, `exit-code`, `signal`… */
  result: z.string(),
  /** `enabled`, `disabled`, `masked`… */
  enabled: z.string(),
  /** The last lines of the unit's journal, oldest first. */
  lastMessages: z.array(z.string()),
})

export const nginxFactsSchema = z.object({
  installed: z.boolean(),
  /** Also where only the pid file tells, because other users' processes are hidden. */
  running: z.boolean(),
  masterPid: z.number().nullable(),
  startedMs: timeMs,
  /** When the youngest worker started: the last reload. */
  workersStartedMs: timeMs,
  version: z.string().nullable(),
  binary: z.string().nullable(),
  /** Who the workers run as. */
  user: z.string().nullable(),
  unit: unitSchema.nullable(),
  configFile: z.string().nullable(),
  /** Every file of the configuration that could be read, in the order read. */
  files: z.array(z.object({ path: z.string(), modifiedMs: timeMs })),
  /** The newest of `files`. */
  configModifiedMs: timeMs,
  /** SHA-256 over the texts: the same on hosts that are configured the same. */
  configDigest: z.string().nullable(),
  mistakes: z.array(mistakeSchema),
  sites: z.array(siteSchema),
  upstreams: z.array(upstreamSchema),
  /** Paths of error logs that are files, each once. */
  errorLogs: z.array(z.string()),
  /** Files of sites-available that nothing in sites-enabled leads to. */
  notEnabled: z.array(z.string()),
})

export type NginxFacts = z.infer<typeof nginxFactsSchema>
export type Place = z.infer<typeof placeSchema>
export type Target = z.infer<typeof targetSchema>
export type Location = z.infer<typeof locationSchema>
export type Listen = z.infer<typeof listenSchema>
export type Site = z.infer<typeof siteSchema>
export type Upstream = z.infer<typeof upstreamSchema>
export type Mistake = z.infer<typeof mistakeSchema>

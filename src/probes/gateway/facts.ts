import { z } from 'zod'

/**
 * What every gateway has, in the words of nginx: `nginx`, `apache`, `caddy` and `haproxy` all give this shape, so that what
 * stands on it need not ask which one it is.
 */

const timeMs = z.number().nullable()

/** Where a directive stands; `line` counts from 1. */
const placeSchema = z.object({ file: z.string(), line: z.number() })

/** Where a `proxy_pass`, `ProxyPass`, `reverse_proxy`, `server` of a backend… leads. */
const targetSchema = z.object({
  /** As written. */
  text: z.string(),
  /** http, https, grpc, fastcgi, tcp…; for a server of an upstream block of nginx `http`, as the block does not know. */
  scheme: z.string(),
  /** In lower case; null for unix sockets, and where it depends on a variable that reading could not resolve. */
  host: z.string().nullable(),
  /** With the scheme's default filled in; null for the name of an upstream block. */
  port: z.number().nullable(),
  unixPath: z.string().nullable(),
  /** Whether `text` has variables, so that the host is looked up per request (nginx needs a `resolver` then). */
  hasVariables: z.boolean(),
})

/** An answer of the gateway's own that says no, as `return 503` of a maintenance. */
const refusalSchema = z.object({
  status: z.number(),
  /** When it is given: `-f /var/www/maintenance.on`; null = always. */
  condition: z.string().nullable(),
  place: placeSchema,
})

const locationSchema = z.object({
  /**
   * With its modifier: `/`, `= /health`, `~ \.php$`. A name, `@app`, where reading cannot tell by the path alone which
   * requests it takes. Of a gateway that takes the first match, those that an earlier one hides are left out: the
   * longest prefix is right for all.
   */
  pattern: z.string(),
  place: placeSchema,
  /** The pattern of the location that this one is nested in. */
  within: z.string().optional(),
  proxyPass: z
    .object({
      /** The upstream block that it names: `upstream`, a balancer, a backend, or several servers of one `reverse_proxy`. */
      upstream: z.string().nullable(),
      target: targetSchema,
      place: placeSchema,
    })
    .nullable(),
  /** What is passed on or set here, by lower-case name: of nginx `proxy_set_header`, inherited only where the level sets none itself. */
  headers: z.record(z.string(), z.string()),
  /** `proxy_http_version` in effect, if set. */
  httpVersion: z.string().nullable(),
  /** Of a `return`, `respond`, `http-request return`… without a condition. */
  returnStatus: z.number().nullable(),
  /** A 5xx that it gives by itself, with a condition or without. */
  refuses: refusalSchema.optional(),
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

/** A `server` block of http, a VirtualHost, a site of Caddy, a frontend or what it does for one name. */
const siteSchema = z.object({
  /** As nginx writes them: `app.example`, `*.app.example`, `~^www\d+`; [''] where none is set. */
  names: z.array(z.string()),
  listens: z.array(listenSchema),
  place: placeSchema,
  /** In the order of the file; nested ones follow the one that holds them. */
  locations: z.array(locationSchema),
  /** Where the whole site only sends elsewhere, `301 https://$host$request_uri`. */
  redirects: z.string().nullable(),
  root: z.string().nullable(),
  /** The same as of a location, for the whole site. */
  refuses: refusalSchema.optional(),
  /** Files of certificates that it names, or folders of them; without variables. */
  certificates: z.array(z.string()).optional(),
})

const upstreamSchema = z.object({
  name: z.string(),
  place: placeSchema,
  servers: z.array(
    z.object({
      target: targetSchema,
      isDown: z.boolean(),
      isBackup: z.boolean(),
      /** What HAProxy calls it, and writes in its log. */
      name: z.string().optional(),
    }),
  ),
  /** How many idle connections to its servers each worker keeps for the next request. */
  keepalive: z.number().optional(),
  /** What the gateway asks its servers to know whether they live: `path` is null where it only connects. */
  healthCheck: z.object({ path: z.string().nullable(), place: placeSchema }).optional(),
})

/** What the gateway's own test of its configuration would refuse, in its own words, without its `in FILE:LINE`. */
const mistakeSchema = z.object({ place: placeSchema, message: z.string() })

/** systemd's word on the gateway. */
const unitSchema = z.object({
  activeState: z.string(),
  /** `success`, `exit-code`, `signal`… */
  result: z.string(),
  /** `enabled`, `disabled`, `masked`… */
  enabled: z.string(),
  /** The last lines of the unit's journal, oldest first. */
  lastMessages: z.array(z.string()),
})

export const gatewayFactsSchema = z.object({
  installed: z.boolean(),
  /** Also where only the pid file tells, because other users' processes are hidden. */
  running: z.boolean(),
  masterPid: z.number().nullable(),
  startedMs: timeMs,
  /** When the youngest worker started (of Apache, which starts more by itself, the oldest), or the running configuration was taken over: the last reload. */
  workersStartedMs: timeMs,
  version: z.string().nullable(),
  binary: z.string().nullable(),
  /** Who the workers run as. */
  user: z.string().nullable(),
  unit: unitSchema.nullable(),
  /** `apache2.service`; not said of nginx. */
  unitName: z.string().optional(),
  configFile: z.string().nullable(),
  /** Every file of the configuration that could be read, in the order read. */
  files: z.array(z.object({ path: z.string(), modifiedMs: timeMs })),
  /** Whether some of its configuration could not be read: a site may be missing then. */
  isPartlyRead: z.literal(true).exactOptional(),
  /** The newest of `files`. */
  configModifiedMs: timeMs,
  /** SHA-256 over the texts: the same on hosts that are configured the same. */
  configDigest: z.string().nullable(),
  mistakes: z.array(mistakeSchema),
  sites: z.array(siteSchema),
  upstreams: z.array(upstreamSchema),
  /** Paths of error logs that are files, each once. */
  errorLogs: z.array(z.string()),
})

export type GatewayFacts = z.infer<typeof gatewayFactsSchema>
export type Place = z.infer<typeof placeSchema>
export type Target = z.infer<typeof targetSchema>
export type Location = z.infer<typeof locationSchema>
export type Refusal = z.infer<typeof refusalSchema>
export type Listen = z.infer<typeof listenSchema>
export type Site = z.infer<typeof siteSchema>
export type Upstream = z.infer<typeof upstreamSchema>
export type Mistake = z.infer<typeof mistakeSchema>

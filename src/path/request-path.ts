import { z } from 'zod'
import type { HttpFacts } from '../probes/http.js'
import type { NginxFacts } from '../probes/nginx.js'
import type { App, WebProcess } from './app.js'
import type { Gateway } from './gateways.js'
import type { Listener, Target } from './target.js'

export type Site = NginxFacts['sites'][number]
export type Location = Site['locations'][number]
export type HttpAnswer = HttpFacts['answers'][number]

/** A quotation from a host that supports a claim. */
export const evidenceSchema = z.object({
  /** Where it was seen: a command, a file with its line, `pm2`. */
  source: z.string(),
  text: z.string(),
})

/** The links that a request passes, in its order. */
export const edgeIds = [
  'gateway',
  'entrance',
  'site',
  'target',
  'process',
  'manager',
  'folder',
  'build',
  'answer',
] as const

export const edgeSchema = z.object({
  id: z.enum(edgeIds),
  /** What the link is on this host: `nginx :80`, `127.0.0.1:3000`, `pm2 classrooom`. */
  label: z.string(),
  state: z.enum(['proven', 'broken', 'unknown']),
  /** What was found there, in a few words. */
  detail: z.string(),
  evidence: z.array(evidenceSchema),
})

export type Evidence = z.infer<typeof evidenceSchema>
export type EdgeId = (typeof edgeIds)[number]
export type Edge = z.infer<typeof edgeSchema>

/**
 * One way that a request can take on a host, with all that is known of each stop: through a location of a gateway's site
 * to one server behind it, or straight to an app that no gateway leads to.
 */
export interface RequestPath {
  /** Unique on the host: `classrooom.test/ → 127.0.0.1:3000`, `pm2 worker`. */
  id: string
  /** The gateway that dials the target; null for a path that no gateway leads to. */
  gateway: Gateway | null
  /** Other gateways of this host that a request passes before, the one that it meets first at the start. */
  fronts: Gateway[]
  /** A site of the gateway that a request meets first. */
  site: Site | null
  /** The location that dials, of `gateway`. */
  location: Location | null
  target: Target | null
  /** How many servers share the location's requests, this one included. */
  poolSize: number
  /** The app that answers here, or, when nothing answers, the one that is meant to. */
  app: App | null
  /** Listeners that accept at the target. */
  listeners: Listener[]
  /** The processes that hold the target's port, on whichever address. */
  holders: WebProcess[]
  /** Where the app itself listens, if anywhere. */
  appListeners: Listener[]
  /** Answers to requests made straight to the target. */
  direct: HttpAnswer[]
  /** The answer to the request through the gateway. */
  throughGateway: HttpAnswer | null
  /** The answer to the public address, asked from here. */
  fromHere: HttpAnswer | null
  edges: Edge[]
  /** Whether requests on this path succeed; null = nothing that decides it could be seen. */
  serves: boolean | null
}

/** The name that a person would give a site. */
export function nameOf(site: Site): string {
  const listen = site.listens[0]
  return (
    site.names.find((name) => name !== '' && name !== '_') ?? (listen ? `${listen.address}:${listen.port ?? ''}` : '_')
  )
}

/**
 * Whether somebody got a page, each time that it was asked for: 4xx and redirects are answers, 5xx and no response are
 * not.
 */
export function isAnswer({ status, samples }: HttpAnswer): boolean {
  return status !== null && status < 500 && (samples?.failed ?? []).length === 0
}

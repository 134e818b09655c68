import { z } from 'zod'

/** What was asked. */
export const httpRequestSchema = z.object({
  /** `direct` = the app itself, as the gateway dials it; `gateway` = the way of a visitor. */
  vantage: z.enum(['direct', 'gateway']),
  /** `http://127.0.0.1:3000/` */
  url: z.string(),
  address: z.string(),
  port: z.number(),
  path: z.string(),
  unixPath: z.string().nullable(),
  hostHeader: z.string().nullable(),
})

const failureSchema = z
  .enum([
    'refused',
    'connect-timeout',
    'response-timeout',
    'unreachable',
    'reset',
    'empty',
    'not-http',
    'tls',
    'dns',
    'denied',
    'other',
  ])
  .nullable()

/** What came of a request that was made several times. */
const samplesSchema = z.object({
  /** How often it was made. */
  count: z.number(),
  /** How it failed, the most frequent first: a 5xx, or no answer. Empty where none failed. */
  failed: z.array(z.object({ status: z.number().nullable(), failure: failureSchema, count: z.number() })),
  /** Of all of them, until the first byte or the failure. */
  minMs: z.number(),
  medianMs: z.number(),
  maxMs: z.number(),
})

export const httpAnswerSchema = httpRequestSchema.extend({
  status: z.number().nullable(),
  failure: failureSchema,
  /** Until the first byte of the answer, or until it failed. */
  elapsedMs: z.number(),
  /** The Server header. */
  server: z.string().nullable(),
  /** The Location header. */
  location: z.string().nullable(),
  /** Every address that the name was resolved to; asked from here only. */
  resolved: z.array(z.string()).exactOptional(),
  /** The id by which Cloudflare finds the request again (`cf-ray`); asked from here only. */
  cdnRay: z.string().exactOptional(),
  /**
   * Only of a request that was made more than once. The answer itself is then the first good one, or the first of all
   * where none was good.
   */
  samples: samplesSchema.exactOptional(),
})

export const httpFactsSchema = z.object({
  /** The program that asked: `curl`, `wget`, `node`. */
  tool: z.string(),
  answers: z.array(httpAnswerSchema),
})
export type HttpFacts = z.infer<typeof httpFactsSchema>
export type HttpRequest = z.infer<typeof httpRequestSchema>
export type HttpAnswer = z.infer<typeof httpAnswerSchema>
export type Samples = z.infer<typeof samplesSchema>

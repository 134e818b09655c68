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

export const httpAnswerSchema = httpRequestSchema.extend({
  status: z.number().nullable(),
  failure: z
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
    .nullable(),
  /** Until the first byte of the answer, or until it failed. */
  elapsedMs: z.number(),
  /** The Server header. */
  server: z.string().nullable(),
  /** The Location header. */
  location: z.string().nullable(),
})

export const httpFactsSchema = z.object({
  /** The program that asked: `curl`, `wget`, `node`. */
  tool: z.string(),
  answers: z.array(httpAnswerSchema),
})
export type HttpFacts = z.infer<typeof httpFactsSchema>
export type HttpRequest = z.infer<typeof httpRequestSchema>
export type HttpAnswer = z.infer<typeof httpAnswerSchema>

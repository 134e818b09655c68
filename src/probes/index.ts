import { z } from 'zod'
import { type Blind, type BlindReason, type Fact, factSchema } from '../fact.js'
import { t, translate } from '../language/language.js'
import { translateSeen } from '../language/seen.js'
import apache from './apache.js'
import appFiles from './app-files.js'
import appLogs from './app-logs.js'
import builds from './builds.js'
import caddy from './caddy.js'
import certificates from './certificates.js'
import type { AnyProbe, Section } from './define.js'
import disks from './disks.js'
import firewall from './firewall.js'
import gatewayErrors from './gateway-errors.js'
import haproxy from './haproxy.js'
import host from './host.js'
import http from './http.js'
import journals from './journals.js'
import kernelLog from './kernel-log.js'
import limits from './limits.js'
import listeners from './listeners.js'
import nginx from './nginx.js'
import nginxErrors from './nginx-errors.js'
import pm2 from './pm2.js'
import processes from './processes.js'
import services from './services.js'

/** Every probe by its name. Adding one is a file in this folder and its line here. */
export const probes = {
  apache,
  'app-files': appFiles,
  'app-logs': appLogs,
  builds,
  caddy,
  certificates,
  disks,
  firewall,
  'gateway-errors': gatewayErrors,
  haproxy,
  host,
  http,
  journals,
  'kernel-log': kernelLog,
  limits,
  listeners,
  nginx,
  'nginx-errors': nginxErrors,
  pm2,
  processes,
  services,
}

type Probes = typeof probes

/** The facts of one host, by the name of the probe that found them. */
export type Facts = { [Name in keyof Probes]: Fact<z.infer<Probes[Name]['facts']>> }

/** The schema of `Facts`, for records. */
export const factsSchema: z.ZodType<Facts> = z.object(mapProbes((probe) => factSchema(probe.facts)))

/** What facts are read from: the sections of a capture, and why one that was asked for is missing. */
export interface Collected {
  sections: Record<string, Section>
  asked: readonly string[]
  absence: BlindReason
  /** Which limit that was, where it was one, in words. */
  absenceDetail?: string | undefined
}

/** Reads the facts out of what was collected. Pure: a stored capture gives what today's parsers see in it. */
export function readFacts(collected: Collected): Facts {
  return mapProbes((probe) => readFact(probe, collected))
}

/** Reads the facts of one probe, built in or not. Pure. */
export function readFact<P extends AnyProbe>(probe: P, collected: Collected): Fact<z.infer<P['facts']>> {
  const section = collected.sections[probe.name]
  const unknown = (reason: BlindReason, detail?: string) =>
    ({
      known: false,
      because: { what: translate(probe.title), reason, ...(detail !== undefined && { detail }) },
    }) as const
  if (!section) {
    const { asked, absence, absenceDetail } = collected
    return asked.includes(probe.name) ? unknown(absence, absenceDetail) : unknown('not-asked')
  }
  const cut = explainCut(probe, section, collected)
  try {
    return {
      known: true,
      value: probe.parse(section),
      blind: [...section.blind.map(translateBlind), ...cutOff(probe, cut)],
    }
  } catch (error) {
    if (cut !== undefined) return unknown(cut.reason, cut.detail)
    return unknown('unparsable', error instanceof Error ? error.message : String(error))
  }
}

/** Why a section is not whole. One that the host ended at the probe's own limit has an end, and so the time it took. */
function explainCut(
  probe: AnyProbe,
  { cut, elapsedMs }: Section,
  { absenceDetail }: Collected,
): Pick<Blind, 'reason' | 'detail'> | undefined {
  if (cut === undefined) return undefined
  const own =
    cut === 'deadline' && elapsedMs > 0 ? t`the ${probe.limits.seconds} s for this probe were over` : undefined
  const detail = own ?? (cut === 'deadline' ? absenceDetail : undefined)
  return { reason: cut, ...(detail !== undefined && { detail }) }
}

/** Only now: parsers read the script's own words. */
function translateBlind(blind: Blind): Blind {
  return { ...blind, what: translateSeen(blind.what) }
}

function cutOff(probe: AnyProbe, cut: ReturnType<typeof explainCut>): Blind[] {
  return cut === undefined ? [] : [{ what: t`all of ${translate(probe.title)}`, ...cut }]
}

type Mapped<P extends Record<string, AnyProbe>, R> = { [Name in keyof P]: R }

function mapProbes<R>(map: (probe: AnyProbe) => R): Mapped<Probes, R> {
  return Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, map(probe)])) as Mapped<Probes, R>
}

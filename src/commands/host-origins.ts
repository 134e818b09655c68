import type { Choice } from '../inventory/choose.js'
import { type Endpoint, type Host, type LoginWays, listHops } from '../inventory/host.js'
import { t } from '../language/language.js'
import { formatHop } from '../ssh/connect-failure.js'

/** A setting of a host, and what gave it. */
export interface TracedSetting {
  setting: string
  value: string
  from: string
}

/** Everything that is said of a host, setting by setting. */
export function traceSettings(host: Host, { origins, sshConfigLabel }: Pick<Choice, 'origins' | 'sshConfigLabel'>) {
  const own = origins.get(host.name) ?? {}
  const trace = ([setting, value]: Row): TracedSetting[] =>
    value === undefined ? [] : [{ setting, value, from: own[setting] ?? t`default` }]
  const ofSsh = ([setting, value]: Row): TracedSetting[] =>
    value === undefined ? [] : [{ setting, value, from: sshConfigLabel }]
  const reached =
    host.transport === 'local' ? [] : [...listReach(host).flatMap(trace), ...listWays(host).flatMap(ofSsh)]
  return [...reached, ...listOthers(host).flatMap(trace)]
}

type Row = [setting: string, value: string | undefined]

function listReach(host: Host): Row[] {
  const { timeouts, identityFiles, knownHostsFiles, hostKeys } = host
  return [
    ['address', host.address],
    ['port', String(host.port)],
    ['user', host.user],
    ['identityFile', identityFiles.join(' ') || 'none'],
    ['knownHostsFile', knownHostsFiles.join(' ') || 'none'],
    ['hostKeys', hostKeys ?? 'strict'],
    ['jump', formatJumps(host) || 'none'],
    ['transport', formatTransport(host)],
    ['passwordCommand', host.passwordCommand],
    ['timeout connect', formatSeconds(timeouts.connectMs)],
    ['timeout handshake', formatSeconds(timeouts.handshakeMs ?? timeouts.connectMs)],
  ]
}

function listWays(ways: LoginWays): Row[] {
  const { agentSocket, identitiesOnly, certificateFiles, algorithms = {}, addressFamily } = ways
  return [
    ['proxyCommand', ways.proxyCommand],
    ['hostKeyAlias', ways.hostKeyAlias],
    ['identitiesOnly', identitiesOnly ? 'yes' : undefined],
    ['identityAgent', agentSocket === null ? 'none' : agentSocket],
    ['certificateFile', certificateFiles?.join(' ')],
    ['loginMethods', ways.loginMethods && (ways.loginMethods.allowed.join(',') || 'none')],
    ['hashKnownHosts', ways.hashKnownHosts ? 'yes' : undefined],
    ['addressFamily', addressFamily && `inet${addressFamily === 6 ? '6' : ''}`],
    ['kexAlgorithms', algorithms.kex?.join(',')],
    ['ciphers', algorithms.cipher?.join(',')],
    ['macs', algorithms.hmac?.join(',')],
    ['hostKeyAlgorithms', algorithms.serverHostKey?.join(',')],
  ]
}

function listOthers({ sudo, sudoPasswordCommand, samples, timeouts, apps, labels, checks = [] }: Host): Row[] {
  return [
    ['sudo', sudo],
    ['sudoPasswordCommand', sudoPasswordCommand],
    ['timeout command', formatSeconds(timeouts.commandMs)],
    ['timeout host', formatSeconds(timeouts.hostMs)],
    ['samples', samples === undefined ? undefined : String(samples)],
    ['apps', apps.map(({ name }) => name).join(', ') || undefined],
    ...Object.entries(labels).map(([name, value]): Row => [`label ${name}`, value]),
    ...checks.map(({ name }): Row => [`check ${name}`, 'yes']),
  ]
}

/** The servers before one, in the order in which they are connected to. */
export function formatJumps(endpoint: Endpoint): string {
  return listHops(endpoint).slice(0, -1).map(formatHop).join(' > ')
}

/** What carries the connection; of several needs on the way the nearest to the host is told. */
function formatTransport(host: Host): string {
  if (host.transport !== 'auto') return host.transport
  const needing = listHops(host).findLast(({ needsOpenssh }) => needsOpenssh !== undefined)
  if (needing === undefined) return 'auto: ssh2'
  const { needsOpenssh } = needing
  return needing === host
    ? t`auto: openssh, for ${needsOpenssh}`
    : t`auto: openssh, for ${needsOpenssh} of ${formatHop(needing)}`
}

function formatSeconds(ms: number): string {
  return `${ms / 1000}s`
}

import type { ErrorKind } from '../gateway/log-facts.js'

/** Numbers of Linux that mean the same in whatever nginx was doing: ENFILE, EMFILE, ENOSPC, EDQUOT, EROFS. */
const kindOfErrno: Record<number, ErrorKind> = {
  23: 'open-files',
  24: 'open-files',
  28: 'disk',
  122: 'disk',
  30: 'disk',
}

/** While connecting to an upstream: EPERM, ENOENT, EACCES, ENETUNREACH, ETIMEDOUT, ECONNREFUSED, EHOSTUNREACH. */
const kindOfConnectErrno: Record<number, ErrorKind> = {
  1: 'connect-denied',
  2: 'connect-no-socket',
  13: 'connect-denied',
  101: 'connect-unreachable',
  110: 'connect-timeout',
  111: 'connect-refused',
  113: 'connect-unreachable',
}

/** Messages that tell by their words: of ngx_http_upstream.c, ngx_http_proxy_module.c, ngx_connection.c and ngx_process.c. */
const kindOfWords: readonly [RegExp, ErrorKind][] = [
  [/^no live upstreams\b/, 'no-live-upstreams'],
  [/^no resolver defined to resolve\b/, 'no-resolver'],
  // sample: app.internal could not be resolved (3: Host not found)
  [/ could not be resolved \(/, 'name-not-resolved'],
  [/^upstream sent too big header\b/, 'header-too-big'],
  [/^upstream (?:prematurely )?closed\b/, 'closed-early'],
  // sample: upstream sent no valid HTTP/1.0 header, upstream sent invalid header: …, upstream sent unsupported FastCGI…,
  // upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time
  [
    /^upstream sent (?:no valid|invalid|unsupported|unexpected|unknown|duplicate|"|.* while Content-Length)/,
    'invalid-response',
  ],
  [/^upstream SSL certificate\b/, 'tls'],
  // sample: 768 worker_connections are not enough
  [/worker_connections are not enough/, 'worker-connections'],
  // sample: limiting requests, excess: 0.916 by zone "one", limiting connections by zone "addr"
  [/^(?:limiting requests, excess|limiting connections by zone)/, 'limited'],
  // sample: open() "/var/lib/nginx/body/0000000001" failed (13: Permission denied), mkdir() "/var/lib/nginx/proxy/1" failed (13: …)
  [
    /^(?:open|mkdir)\(\) "[^"]*\/(?:\w*_?(?:temp|tmp)|proxy|body|fastcgi|scgi|uwsgi)\/[\d/]+" failed \(13: /,
    'temp-file',
  ],
  // sample: worker process 812 exited on signal 11 (core dumped)
  [/^worker process \d+ exited on signal (?:4|6|7|8|11)\b/, 'worker-crash'],
]

/** Which kind of trouble a message is about. `phase` is its `while …`. */
export function classify(message: string, errno: number | null, phase: string | null): ErrorKind {
  const byWords = kindOfWords.find(([words]) => words.test(message))?.[1]
  if (byWords !== undefined) return byWords
  if (errno !== null && kindOfErrno[errno] !== undefined) return kindOfErrno[errno]
  if (phase?.startsWith('while SSL handshaking to upstream')) return 'tls'
  if (phase?.startsWith('while connecting to upstream')) return kindOfConnectErrno[errno ?? 0] ?? connectRest(message)
  if (phase === null || !/ upstream\b/.test(phase)) return 'other'
  if (errno === 110) return 'response-timeout'
  return errno === 104 || errno === 32 ? 'reset' : 'other'
}

/** `connect() to [::1]:3000 failed (99: …)`; other lines of this phase, `upstream server temporarily disabled`, say no more. */
function connectRest(message: string): ErrorKind {
  return /^(?:connect|socket|bind|getsockopt)\(/.test(message) ? 'connect-failed' : 'other'
}

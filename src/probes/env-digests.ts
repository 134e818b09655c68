import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { sh } from '../shell.js'

/**
 * Values of environment variables never leave a host, and yet it must be seen that two hosts differ in one. So each host
 * tells a digest of it: the first 12 hex digits of SHA-256 over the key of the run, a line feed, and the value.
 *
 * - Keyed, because a value that can be guessed (a port, a word, a short password) could be found by guessing its plain
 *   digest. The key is random, comes over standard input, and is in no argument, environment, capture, record or report:
 *   once the run is over, nobody has it. 48 bits tell values apart, and are too few to go on from.
 * - One key a run, so that the same value has the same digest on all of its hosts, and digests of two runs have nothing in
 *   common: they must not be compared. `identifyDigests` tells in a capture which are of one run.
 * - Where there is no key (the stand-alone script) there are no digests, and nothing is amiss.
 */
export function makeDigestKey(): string {
  return randomBytes(16).toString('hex')
}

/** A name for a key that tells nothing of it. */
export function identifyDigests(key: string): string {
  return createHash('sha256').update(`fleetdx ${key}`).digest('hex').slice(0, 12)
}

/**
 * A word of sh, `text_digest TEXT`: the same of a whole text, such as a configuration file, so that it is seen when two
 * differ only in what is masked.
 */
export const textDigestWord = sh`
text_digest() { printf '%s\n%s' "$fx_key" "$1" | sha256sum | head -c 12; }
`

/** By the name of a variable. Those without one are unknown, not equal: no key, too many of them, or hard to tell. */
export const digestsSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{12}$/))

export type Digests = z.infer<typeof digestsSchema>

/** Reads `HEX NAME` lines; of a name that is there twice, the last counts. */
export function readDigests(lines: readonly string[]): Digests | undefined {
  const pairs = lines.flatMap((line) => {
    // sample: 5f3a90c1d2e4 DATABASE_URL
    const [, digest, name] = /^([0-9a-f]{12}) (\S+)$/.exec(line) ?? []
    return digest === undefined || name === undefined ? [] : [[name, digest] as const]
  })
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

/**
 * For awk: the first line of input is the key; `digest(TAG, NAME, VALUE)` prints `TAG NAME HEX64  -`, for `env_shorten`. A
 * process each, so it stops after 200, and at the second `until` of the host's uptime: a slow host has names without
 * digests rather than no names. NAME is a word of the shell.
 */
export const awkDigest = String.raw`
    function digest(tag, name, value,  now, command) {
      getline now < "/proc/uptime"
      close("/proc/uptime")
      if (secret == "" || now + 0 >= until || ++digests > 200) return
      fflush()
      command = "printf \"" tag name " \"; exec sha256sum"
      printf "%s\n%s", secret, value | command
      close(command)
    }
    NR == 1 { secret = $0; next }`

/**
 * A .env file. A value in quotes may run over lines, and a line of a private key can look like KEY=: what stands inside
 * quotes or between BEGIN and END is never taken for a key. Digests are of values as written, without the quotes around
 * them and the comment behind; what runs over lines or has a quote in it is read differently by different programs and has
 * none, as has what systemd (units = 1) reads in its own way.
 */
const readFile = String.raw`${awkDigest}
    function note(key, value,  first, at) {
      delete values[key]
      sub(/[ \t\r]+$/, "", value)
      first = substr(value, 1, 1)
      if (value ~ /-----BEGIN/ || (units && value ~ /[\\#]/)) return
      if (first == "" || !index("\"\047\140", first)) sub(/[ \t]+#.*$/, "", value)
      else {
        value = substr(value, 2)
        at = index(value, first)
        if (!at || substr(value, at - 1, 1) == "\\" || substr(value, at + 1) !~ /^[ \t]*(#.*)?$/) return
        value = substr(value, 1, at - 1)
      }
      values[key] = value
    }
    inside { if (/-----END/) inside = 0; next }
    quote != "" { if (index($0, quote)) quote = ""; next }
    match($0, /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=/) {
      key = substr($0, 1, RLENGTH - 1); value = substr($0, RLENGTH + 1)
      sub(/^[ \t]*(export[ \t]+)?/, "", key); sub(/[ \t]+$/, "", key); sub(/^[ \t]+/, "", value)
      if (length(key) <= 80 && ++count <= 200) { print "key " key; note(key, value) }
      first = substr(value, 1, 1)
      if (first != "" && index("\"\047\140", first) && !index(substr(value, 2), first)) quote = first
    }
    quote == "" && /-----BEGIN/ && !/-----END/ { inside = 1 }
    END { for (key in values) digest("digest ", key, values[key]) }`

/**
 * Words of sh.
 *
 * - `env_until`  the second of uptime at which a probe that begins now makes no more digests
 * - `env_key`    the key, as the first line of what awk reads
 * - `env_keys FILE UNTIL UNITS`  `key NAME` and `digest HEX NAME` lines of a .env file; UNITS is 1 for one that systemd reads
 */
export const envWords = sh`
env_until() { read -r env_now env_rest </proc/uptime; echo "$((\${env_now%.*} + 3))"; }
env_key() { if has sha256sum; then printf '%s\n' "$fx_key"; else echo; fi; }
env_shorten() { sed 's/^\(digest \|EnvDigest=\)\([A-Za-z0-9_]*\) \([0-9a-f]\{12\}\)[0-9a-f]\{52\}  -$/\1\3 \2/'; }
env_keys() {
  { env_key; head -c 65536 "$1"; } | awk -v until="\${2:-0}" -v units="\${3:-0}" ${readFile} | env_shorten
}
`

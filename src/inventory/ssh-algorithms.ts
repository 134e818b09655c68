import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

/** The algorithms of a connection, best first, where ssh_config chooses them; at least one of each that is there. */
export interface ChosenAlgorithms {
  kex?: KexAlgorithm[]
  cipher?: CipherAlgorithm[]
  hmac?: MacAlgorithm[]
  serverHostKey?: ServerHostKeyAlgorithm[]
}

/* What ssh2 1.17 can do (lib/protocol/constants.js). */

const KEX: KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group15-sha512',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group17-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group-exchange-sha1',
  'diffie-hellman-group14-sha1',
  'diffie-hellman-group1-sha1',
]

const CIPHERS: CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'chacha20-poly1305@openssh.com',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  '3des-cbc',
]

const MACS: MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha1-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
  'hmac-sha1',
  'hmac-md5',
]

/** Best first; `ssh-rsa` (SHA-1) last, for servers older than OpenSSH 7.2. */
export const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
]

/**
 * Reads the lists that ssh_config sets, by keyword: the order is kept, and what ssh2 cannot do is left out. `missing` are
 * the keywords whose list holds nothing that it can do.
 */
export function chooseAlgorithms(listOf: (keyword: string) => string | undefined): {
  algorithms: ChosenAlgorithms
  missing: string[]
} {
  const missing: string[] = []
  const choose = <Name extends string>(keyword: string, able: readonly Name[]): Name[] | undefined => {
    const listed = listOf(keyword.toLowerCase())?.split(',')
    const chosen = listed?.flatMap((name) => able.find((one) => one === name) ?? [])
    if (chosen?.length === 0) missing.push(keyword)
    return chosen?.length === 0 ? undefined : chosen
  }
  const [kex, cipher] = [choose('KexAlgorithms', KEX), choose('Ciphers', CIPHERS)]
  const [hmac, serverHostKey] = [choose('MACs', MACS), choose('HostKeyAlgorithms', HOST_KEYS)]
  const algorithms = {
    ...(kex && { kex }),
    ...(cipher && { cipher }),
    ...(hmac && { hmac }),
    ...(serverHostKey && { serverHostKey }),
  }
  return { algorithms, missing }
}

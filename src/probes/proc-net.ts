/**
 * `0100007F` → `127.0.0.1`: an address as /proc/net/tcp writes it, the four bytes of the network order as one number of
 * the machine's own order; little-endian machines, which are all that Node.js runs on but s390x.
 */
export function decodeIpv4(hex: string): string {
  return bytesOf(hex).reverse().join('.')
}

/** `00000000000000000000000001000000` → `::1`: the same for /proc/net/tcp6, word by word. */
export function decodeIpv6(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  return formatIpv6(words.flatMap((word) => bytesOf(word).reverse()))
}

/** `00000000000000000000000000000001` → `::1`: an address in the order of the network, as /proc/net/if_inet6 writes it. */
export function readIpv6(hex: string): string {
  return formatIpv6(bytesOf(hex))
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))
}

/** The shortest form (RFC 5952): the longest run of zero groups becomes `::`; a mapped IPv4 address keeps its dots. */
function formatIpv6(bytes: number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0))
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${bytes.slice(12).join('.')}`
  const text = groups.map((group) => group.toString(16)).join(':')
  const zeros = [...text.matchAll(/\b0(?::0)+\b/g)].map(([run]) => run).sort((a, b) => b.length - a.length)[0]
  if (zeros === undefined) return text
  const at = text.search(new RegExp(`\\b${zeros}\\b`))
  const [before, after] = [text.slice(0, at), text.slice(at + zeros.length)]
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`
}

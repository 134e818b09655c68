import { z } from 'zod'

const ruleSchema = z.object({
  action: z.enum(['accept', 'drop', 'reject']),
  /** Ranges of destination ports, both ends included; empty = every port. */
  ports: z.array(z.tuple([z.number(), z.number()])),
  /** An address, a CIDR block, or `@name` of a set whose members are not known; null = from everywhere. */
  source: z.string().nullable(),
  interface: z.string().nullable(),
  /** It has a condition more than is read here (a rate limit, a set, a mark): it may or may not apply. */
  isConditional: z.boolean(),
  /** As the tool writes it. */
  text: z.string(),
})

const firewallSchema = z.object({
  tool: z.enum(['ufw', 'firewalld', 'nftables', 'iptables']),
  /** It runs, and has a rule or a policy that could keep something out. */
  active: z.boolean(),
  /** What becomes of a packet that no rule decides; null = not seen. */
  inputPolicy: z.enum(['accept', 'drop', 'reject']).nullable(),
  /** In the order in which they are tried; only those that can decide about a new TCP connection to this host. */
  rules: z.array(ruleSchema),
})

/** Every firewall that was seen; a connection has to pass all of the active ones. */
export const firewallFactsSchema = z.object({
  /** What they do with IPv4. */
  firewalls: z.array(firewallSchema),
  /** What they do with IPv6. */
  ipv6: z.array(firewallSchema).exactOptional(),
})
/** The family of a connection, as nftables calls it. */
export type Family = 'ip' | 'ip6'
export type Firewall = z.infer<typeof firewallSchema>
export type FirewallRule = z.infer<typeof ruleSchema>

import ssh2, { type BaseAgent, type ParsedKey, type SigningRequestOptions } from 'ssh2'

/** What an agent holds, and how it signs. */
export interface Agent {
  keys: ParsedKey[]
  sign: (key: ParsedKey, data: Buffer, options: SigningRequestOptions) => Promise<Buffer>
}

/** Asks the agent at a socket (`SSH_AUTH_SOCK`) for its keys. Rejects when nothing answers there. */
export async function openAgent(socketPath: string): Promise<Agent> {
  const agent = ssh2.createAgent(socketPath)
  return { keys: await listKeys(agent), sign: (key, data, options) => signWith(agent, key, data, options) }
}

function listKeys(agent: BaseAgent): Promise<ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, identities) => {
      if (error) return reject(error)
      // An agent behind a socket always gives parsed keys; the type allows for more.
      resolve((identities ?? []).filter((key): key is ParsedKey => typeof key === 'object' && 'getPublicSSH' in key))
    })
  })
}

function signWith(agent: BaseAgent, key: ParsedKey, data: Buffer, options: SigningRequestOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    agent.sign(key, data, options, (error, signature) => {
      if (signature) resolve(signature)
      else reject(error ?? new Error('the agent gave no signature'))
    })
  })
}

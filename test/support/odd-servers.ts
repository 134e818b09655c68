import { createServer, type Server as NetServer, type Socket } from 'node:net'
import ssh2, { type Connection, type ServerConfig } from 'ssh2'

/** A server that listens on 127.0.0.1 until it is stopped. */
export interface OddServer {
  port: number
  stop(): Promise<void>
}

/** A TCP server that does as it is told to with every connection. */
export async function startTcpServer(serve: (socket: Socket) => void): Promise<OddServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    serve(socket)
  })
  return listen(server, () => {
    for (const socket of sockets) socket.destroy()
  })
}

/** ssh2's own server: speaks SSH, and misbehaves where `serve` says so. */
export async function startSshServer(
  config: Partial<ServerConfig>,
  serve: (client: Connection) => void,
): Promise<OddServer & { hostKey: Buffer }> {
  // No ed25519: ssh2 1.17 drops a zero byte at the start of such a key, so that one of 256 is malformed (keygen.js).
  const { private: privateKey } = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const clients = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [privateKey], ...config }, (client) => {
    clients.add(client)
    client.on('error', () => {}).once('close', () => clients.delete(client))
    serve(client)
  })
  const listening = await listen(server, () => {
    for (const client of clients) client.end()
  })
  return { ...listening, hostKey: parsed.getPublicSSH() }
}

async function listen(server: NetServer | ssh2.Server, drop: () => void): Promise<OddServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = () => {
    drop()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port: address.port, stop }
}

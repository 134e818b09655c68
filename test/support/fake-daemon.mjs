// A process that looks and answers like a pm2 daemon of the folder PM2_HOME: it takes the title of one, listens on
// rpc.sock there, and answers each AMP message with the JSON in the file ANSWER; with no such file it stays silent.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'

const { PM2_HOME: home, ANSWER: answerFile } = process.env
process.title = `PM2 v6.0.14: God Daemon (${home})`

function frame(args) {
  const pieces = args.flatMap((arg) => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(Buffer.byteLength(arg))
    return [head, Buffer.from(arg)]
  })
  return Buffer.concat([Buffer.from([16 + args.length]), ...pieces])
}

const server = createServer((socket) => {
  socket.on('data', (message) => {
    const body = message.subarray(5, 5 + message.readUInt32BE(1)).toString()
    if (body !== 'j:{"type":"call","method":"getMonitorData","args":[{}]}')
      socket.end(frame(['j:{"error":"unknown"}', 's:0']))
    else if (existsSync(answerFile)) socket.write(frame([`j:${readFileSync(answerFile, 'utf8')}`, 's:fleetdx:0']))
  })
  socket.on('error', () => {})
})
server.listen(`${home}/rpc.sock`, () => process.stdout.write('up\n'))

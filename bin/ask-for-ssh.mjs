import { connect } from 'node:net'

// `ssh` says `none` for a notice that needs no answer, and `confirm` for a question of yes or no.
const question = { prompt: process.argv[2] ?? '', kind: process.env.SSH_ASKPASS_PROMPT ?? 'answer' }
let answer = ''
const socket = connect(process.env.FLEETDX_ASK_SOCKET ?? '')
socket.setEncoding('utf8').write(`${JSON.stringify(question)}\n`)
socket.on('data', (piece) => {
  answer += piece
})
socket.on('error', () => {
  process.exitCode = 1
})
socket.on('close', () => {
  if (answer.endsWith('\n')) process.stdout.write(answer)
  else process.exitCode = 1
})

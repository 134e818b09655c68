/**
 * Asks as `curl` would, for hosts that have neither curl nor wget: run by `node -e`, with the requests as JSON, and those
 * of them that are made again. Node 12 or later.
 */
export const nodeClient = `
const requests = JSON.parse(process.argv[1])
const mark = process.env.http_mark
const say = (request, lines) =>
  process.stdout.write("\\n" + mark + " part answer " + JSON.stringify(request) + "\\n" + lines.filter(Boolean).join("\\n") + "\\n")
const ask = (request) => new Promise((done) => {
  const url = new URL(request.url)
  const isTls = url.protocol === "https:"
  const started = Date.now()
  let connected = false
  let isOver = false
  const end = (...lines) => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    call.destroy()
    say(request, [...lines, "elapsed " + (Date.now() - started), connected && "connected"])
    done()
  }
  const call = require(isTls ? "https" : "http").request({
    host: request.address, port: request.port, socketPath: request.unixPath || undefined, path: url.pathname, agent: false,
    servername: isTls && request.hostHeader || undefined, rejectUnauthorized: false,
    headers: { host: request.hostHeader || url.host, "user-agent": "fleetdx", accept: "*/*" },
  })
  const timer = setTimeout(() => end("reason timed out"), 5000)
  call.on("socket", (socket) => socket.once("connect", () => { connected = true }))
  call.on("response", ({ statusCode, headers }) =>
    end("status " + statusCode, headers.server && "server " + headers.server, headers.location && "location " + headers.location))
  call.on("error", (error) => end("reason " + error.message.split("\\n")[0]))
  call.end()
})
const next = () => { const request = requests.shift(); return request ? ask(request).then(next) : undefined }
const begun = Date.now()
const samples = Number(process.env.http_samples)
const pauseMs = Math.max(100, Number(process.env.http_spread) / samples)
const again = (request, left) => left > 0 && setTimeout(() => {
  if (Date.now() - begun < Number(process.env.http_limit)) ask(request).then(() => again(request, left - 1))
}, pauseMs * (0.5 + Math.random()))
Promise.all(Array.from({ length: 14 }, next)).then(() => {
  for (const request of JSON.parse(process.argv[2])) again(request, samples - 1)
})
`.trim()

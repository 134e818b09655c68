import { httpWords } from '../probes/http/ask.js'
import { joinScripts, type Script, sh } from '../shell.js'

/** What is kept of a command's output; the rest is read and dropped, so that the command ends as it would anywhere. */
const mostOutputBytes = 128 * 1024
const mostErrorBytes = 4 * 1024

const pageClient = `
const [url, seconds] = process.argv.slice(1)
const fail = ({ message }) => { console.error(message); process.exit(1) }
const call = require(url.startsWith("https:") ? "https" : "http").get(url, { agent: false, headers: { "user-agent": "fleetdx", accept: "*/*" } }, (answer) => {
  const { statusCode, rawHeaders } = answer
  const lines = rawHeaders.flatMap((name, index) => (index % 2 ? [] : [name + ": " + rawHeaders[index + 1]]))
  process.stdout.write(["HTTP/1.1 " + statusCode, ...lines, "", ""].join("\\r\\n"))
  answer.on("error", fail).pipe(process.stdout)
})
call.on("error", fail)
setTimeout(() => fail({ message: "timed out" }), seconds * 1000).unref()
`.trim()

/**
 * Words of sh that run what a check asks.
 *
 * - `check_run WORD …`  runs it: its output is the section's text, up to a limit (then follows a part `more`), what it wrote
 *   to standard error the part `errors`, and its exit code is the section's
 * - `check_page URL SECONDS`  asks a URL as visitors do, certificates included, by the client that `http_choose` chose;
 *   prints the head of the answer, an empty line, and the body. No redirect is followed.
 */
export const checkWords: Script = joinScripts([
  httpWords,
  sh`
  check_run() {
    # Descriptors: 3 the section, 4 how it ended (the exit code, then the errors), 5 the output on its way to the section.
    { check_end=$( {
      { { "$@" 3>&- 4>&- 5>&-; echo $? >&4; } 2>&1 >&5 5>&- | {
          check_errors=$(head -c ${mostErrorBytes}; cat >/dev/null)
          printf '%s\n' "$check_errors" >&4
        }
      } 5>&1 | {
        head -c ${mostOutputBytes}
        [ "$(head -c 1 | wc -c)" -eq 0 ] || part more
        cat >/dev/null
      } >&3
    } 4>&1 ); } 3>&1
    part errors
    printf '%s\n' "$check_end" | sed 1d
    return "$(printf '%s\n' "$check_end" | head -n 1)"
  }
  check_page() {
    case $http_tool in
      curl) curl -q -gsS --http1.1 --noproxy '*' -m "$2" -A fleetdx -D - "$1" ;;
      wget) timeout "$2" wget --no-config -nv -S -T "$2" -t 1 --max-redirect=0 --no-proxy -U fleetdx \
              --content-on-error --save-headers -O - "$1" ;;
      node) "$http_node" -e ${pageClient} "$1" "$2" ;;
    esac
  }`,
])

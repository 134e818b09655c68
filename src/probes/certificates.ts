import { knownValue } from '../fact.js'
import { joinScripts, sh } from '../shell.js'
import apache from './apache.js'
import caddy from './caddy.js'
import { certificatesFactsSchema } from './certificates/facts.js'
import { planCertificates } from './certificates/plan.js'
import { readCertificate, readCurlCertificate } from './certificates/read-certificate.js'
import { certificatesLibrary } from './certificates/script.js'
import { defineProbe, type Part, type Section } from './define.js'
import haproxy from './haproxy.js'
import nginx from './nginx.js'

export type { Certificate, CertificatesFacts } from './certificates/facts.js'

/** The certificates that the gateways name, as they stand in their files and as visitors are shown them. */
export default defineProbe({
  name: 'certificates',
  title: 'the certificates',
  needs: { nginx, apache, caddy, haproxy },
  elevated: true,
  limits: { seconds: 15, bytes: 1024 * 1024 },
  library: certificatesLibrary,
  script: ({ nginx, apache, caddy, haproxy }) => {
    const known = [nginx, apache, caddy, haproxy]
      .map((fact) => knownValue(fact))
      .filter((gateway) => gateway !== undefined)
    const { files, doors, upstreams, logs } = planCertificates(known)
    if (files.length + doors.length + upstreams.length === 0) return undefined
    return joinScripts([
      sh`gateway_open certificates`,
      sh`certificates_logs=${logs.filter((log) => /^[\w./-]+$/.test(log)).join(' ')}`,
      ...files.map((path) => sh`certificates_take ${path}`),
      ...doors.map(({ address, port, name }) => sh`certificates_ask ${address} ${port} ${name}`),
      ...upstreams.map(({ address, port }) => sh`certificates_try ${address} ${port}`),
      sh`:`,
    ])
  },
  alone: sh`
    gateway_open certificates
    found certificate | while read -r certificates_path; do certificates_take "$certificates_path" </dev/null; done
    found door | while read -r certificates_address certificates_port certificates_name; do
      certificates_ask "$certificates_address" "$certificates_port" "$certificates_name" </dev/null
    done
  `,
  facts: certificatesFactsSchema,
  parse: ({ parts }: Section) => ({
    files: parts.filter(({ kind }) => kind === 'file').map(readFile),
    served: parts.filter(({ kind }) => kind === 'served').map(readServed),
    upstreams: parts
      .filter(({ kind }) => kind === 'upstream')
      .map(readServed)
      .map(({ name: _, ...rest }) => rest),
  }),
})

function readFile({ label, text }: Part) {
  // sample: 1795500000 /etc/letsencrypt/live/shop.example/fullchain.pem
  const [seconds = '', ...path] = label.split(' ')
  return {
    path: path.join(' '),
    modifiedMs: /^\d+$/.test(seconds) ? Number(seconds) * 1000 : null,
    certificate: readCertificate(text),
  }
}

function readServed({ label, text }: Part) {
  // sample: 127.0.0.1 443 shop.example
  const [address = '', port = '', name = '-'] = label.split(' ')
  return {
    address,
    port: Number(port),
    name: name === '-' ? null : name,
    certificate: readCertificate(text) ?? readCurlCertificate(text),
  }
}

import { KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { t } from '../../language/language.js'
import type { PrivateKeyText } from './private-key.js'

/**
 * Deriving a key from a passphrase takes up to seconds (bcrypt in JavaScript), and would stop every other host meanwhile.
 * As text, so that it is the same program from sources and when built.
 */
const PROGRAM = `
const { parentPort, workerData: { text, reader, passphrase, ssh2 } } = require('node:worker_threads')
const { createPrivateKey } = require('node:crypto')
const open = () => {
  if (reader === 'node') return createPrivateKey({ key: text, passphrase })
  const key = require(ssh2).utils.parseKey(text, passphrase)
  if (key instanceof Error) throw key
  return createPrivateKey(key.getPrivatePEM())
}
try {
  parentPort.postMessage(open())
} catch (error) {
  parentPort.postMessage(String(error.message))
}
`

/** Decrypts a private key, off this thread. Rejects with the words of whoever read it. */
export function decryptKey({ text, reader }: PrivateKeyText, passphrase: string): Promise<KeyObject> {
  const ssh2 = createRequire(import.meta.url).resolve('ssh2')
  // Its output is its own: ssh2's optional parts may complain on loading.
  const options = {
    eval: true,
    workerData: { text, reader, passphrase, ssh2 },
    stdout: true,
    stderr: true,
    execArgv: [],
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, options)
    worker.once('message', (answer: unknown) => {
      if (answer instanceof KeyObject) resolve(answer)
      else reject(new Error(String(answer)))
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error(t`reading it was given up`)))
  })
}

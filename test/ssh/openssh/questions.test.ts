import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import type { Endpoint } from '../../../src/inventory/host.js'
import { createPasswords } from '../../../src/ssh/auth/passwords.js'
import { createAnswers } from '../../../src/ssh/openssh/answers.js'
import { makePrivateFolder, removeFolder } from '../../../src/ssh/openssh/private-folder.js'
import { type AnswerSsh, openQuestionDesk, type QuestionDesk } from '../../../src/ssh/openssh/questions.js'
import { createTrace } from '../../../src/ssh/openssh/read-progress.js'
import { rememberPassphrase } from '../../../src/ssh/openssh/remember-passphrase.js'
import { makeFolder } from '../../support/sshd.js'

const run = promisify(execFile)
const endpoint: Endpoint = { address: 'web1', port: 22, user: 'ops', identityFiles: [], knownHostsFiles: [] }

/** Asks as ssh does: by the program that SSH_ASKPASS names. */
async function ask({ env }: QuestionDesk, prompt: string, kind?: string): Promise<string> {
  const options = { env: { ...process.env, ...env, ...(kind && { SSH_ASKPASS_PROMPT: kind }) } }
  return (await run(env.SSH_ASKPASS ?? '', [prompt], options)).stdout
}

async function atDesk<T>(answer: AnswerSsh, use: (desk: QuestionDesk) => Promise<T>): Promise<T> {
  const desk = await openQuestionDesk(await makeFolder(), answer)
  return use(desk).finally(desk.close)
}

test('an answer is what ssh gets, and nothing but its first line', async () => {
  const prompts: unknown[] = []
  const said = await atDesk(
    async ({ prompt, kind }) => {
      prompts.push([prompt, kind])
      return 'pä$$ "word"\nmore'
    },
    (desk) => ask(desk, "It's\n$HOME"),
  )
  expect(said).toBe('pä$$ "word"\n')
  expect(prompts).toEqual([["It's\n$HOME", 'answer']])
})

test('a desk that is closed fails the question', async () => {
  const desk = await openQuestionDesk(await makeFolder(), async () => undefined)
  const asking = ask(desk, 'Password:')
  setTimeout(desk.close, 500)
  await expect(asking).rejects.toMatchObject({ code: 1, stdout: '' })
  await expect(ask(desk, 'Password:')).rejects.toMatchObject({ code: 1, stdout: '' })
})

test('a notice is shown until ssh takes it back, and the deadline stands still', async () => {
  const order: string[] = []
  const deadline = { pause: () => void order.push('pause'), resume: () => void order.push('resume') }
  const notify = (message: string) => void order.push(message)
  const credentials = { passwords: createPasswords(), asks: {} }
  const answer = createAnswers({ endpoint, credentials, deadline, notify, trace: createTrace(), giveUp() {} })
  await atDesk(answer, async ({ env }) => {
    const child = spawn(env.SSH_ASKPASS ?? '', ['Confirm user presence for key ED25519-SK SHA256:x8hy'], {
      env: { ...process.env, ...env, SSH_ASKPASS_PROMPT: 'none' },
    })
    await vi.waitFor(() => expect(order.length).toBe(2))
    child.kill()
    await vi.waitFor(() => expect(order.length).toBe(3))
  })
  expect(order).toEqual(['pause', 'ops@web1:22: Confirm user presence for key ED25519-SK SHA256:x8hy', 'resume'])
})

interface Told {
  asks?: {
    askPassphrase?: () => Promise<string | undefined>
    askPrompt?: (prompt: { words: string }) => Promise<string | undefined>
  }
  password?: string
}

/** What becomes of one question after the other. */
async function answerAll(prompts: string[], { asks = {}, password }: Told = {}) {
  const trace = createTrace()
  const passwords = createPasswords(password === undefined ? {} : { login: { kind: 'ask', ask: async () => password } })
  const giveUp = vi.fn()
  const deadline = { pause() {}, resume() {} }
  const answer = createAnswers({ endpoint, credentials: { passwords, asks }, deadline, trace, giveUp })
  const answers: (string | undefined)[] = []
  for (const prompt of prompts) answers.push(await answer({ prompt, kind: 'answer', over: Promise.resolve() }))
  return { answers, trace, isOver: giveUp.mock.calls.length > 0, passwords }
}

test.each([
  ["ops@web1's password: "],
  ['(ops@web1) Password: '],
  ['Password: '],
  ['(ops@web1) Password for ops@web1:'],
])('the password answers %j', async (prompt) => {
  expect((await answerAll([prompt], { password: 'secret' })).answers).toEqual(['secret'])
})

test('a second factor is asked of the person', async () => {
  const words: string[] = []
  const asks = {
    askPrompt: async (prompt: { words: string }) => {
      words.push(prompt.words)
      return '123456'
    },
  }
  const { answers, isOver } = await answerAll(['(ops@web1) Password: ', '(ops@web1) Verification code: '], {
    password: 'secret',
    asks,
  })
  expect(answers).toEqual(['secret', '123456'])
  expect(words).toEqual(['Verification code:'])
  expect(isOver).toBe(false)
})

test('a second factor without a terminal ends the login', async () => {
  const { trace, isOver } = await answerAll(['Password: ', 'Verification code: '], { password: 'secret' })
  expect(isOver).toBe(true)
  expect(trace.unanswered?.message).toBe('asks "Verification code:", and there is no terminal to answer at')
})

test('a password that is asked for again was refused', async () => {
  const { answers, trace, isOver, passwords } = await answerAll(["ops@web1's password: ", "ops@web1's password: "], {
    password: 'secret',
  })
  expect(answers).toEqual(['secret', undefined])
  expect([trace.isPasswordRefused, isOver, passwords.isRefused('login', 'ops', 'secret')]).toEqual([true, true, true])
})

test('a new password is not given', async () => {
  const { trace, isOver } = await answerAll(['Password: ', '(ops@web1) New password: '], { password: 'secret' })
  expect(isOver).toBe(true)
  expect(trace).toMatchObject({ isPasswordRefused: false })
  expect(trace.unanswered?.message).toBe('wants a new password, which fleetdx does not give (it asks "New password:")')
})

test('without a password, none is sent: not even an empty one', async () => {
  const asks = { askPrompt: async () => 'typed' }
  expect(await answerAll(["ops@web1's password: "], { asks })).toMatchObject({ answers: [undefined], isOver: true })
})

test('a passphrase that nobody types leaves the key to the next one', async () => {
  const asks = { askPassphrase: async () => undefined }
  const { answers, isOver } = await answerAll(["Enter passphrase for key '/home/ops/.ssh/id_ed25519': "], { asks })
  expect([answers, isOver]).toEqual([[''], false])
})

test('the PIN of a key is asked of the person', async () => {
  const asks = { askPrompt: async ({ words }: { words: string }) => `pin for ${words}` }
  const { answers } = await answerAll(['Enter PIN for ED25519-SK key /home/ops/.ssh/id_ed25519_sk: '], { asks })
  expect(answers).toEqual(['pin for Enter PIN for ED25519-SK key /home/ops/.ssh/id_ed25519_sk:'])
})

test('a folder whose path is too long for a socket is passed over', async () => {
  const long = join(await makeFolder(), 'x'.repeat(10))
  await run('mkdir', [long])
  const far = await makeFolder()
  const odd = join(far, 'a b')
  await run('mkdir', [odd])
  const folder = await makePrivateFolder([`${far}/${'y'.repeat(80)}`, odd, far])
  expect(folder?.startsWith(`${far}/fleetdx-link-`)).toBe(true)
  expect((await run('ls', ['-ld', folder ?? ''])).stdout.startsWith('drwx------')).toBe(true)
  await removeFolder(folder ?? '')
  expect((await run('ls', ['-A', odd])).stdout).toBe('')
  expect(await makePrivateFolder([`${far}/none`])).toBeUndefined()
})

test('one passphrase is asked once for all, and once more when it was wrong', async () => {
  const answers = ['wrong', 'right']
  const askPassphrase = vi.fn(async () => answers.shift())
  const asks = { askPassphrase }
  const askAll = (wrong?: string) => Promise.all([1, 2, 3].map(() => rememberPassphrase(asks, '/key', wrong)))
  expect(await askAll()).toEqual(['wrong', 'wrong', 'wrong'])
  expect(await askAll('wrong')).toEqual(['right', 'right', 'right'])
  expect(await askAll()).toEqual(['right', 'right', 'right'])
  expect(await askAll('right')).toEqual([undefined, undefined, undefined])
  expect(askPassphrase).toHaveBeenCalledTimes(3)
})

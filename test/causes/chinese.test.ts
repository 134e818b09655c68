import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Holds } from '../../src/causes/define.js'
import { causes } from '../../src/causes/index.js'
import { setLanguage, translate } from '../../src/language/language.js'
import { casesOf, findingsOf, judgeHost } from '../support/cases.js'

beforeAll(() => setLanguage('zh'))
afterAll(() => setLanguage('en'))

describe.each(causes)('$id in Chinese', (cause) => {
  it('is found as in English: nothing turns on words', async () => {
    const chinese = await judge()
    expect(chinese).not.toEqual([])
    await setLanguage('en')
    const english = await judge()
    await setLanguage('zh')
    expect(chinese.map(decision)).toEqual(english.map(decision))
  })

  it('says what it has to say in whole sentences', async () => {
    const said = (await judge()).flatMap(({ summary, evidence, remedy }) => {
      const texts = [summary, ...remedy.flatMap(({ note, risk }) => [translate(note), translate(risk)])]
      // What a program of the host says is quoted as it is.
      return texts.filter((text) => !evidence.some((quoted) => quoted.text.includes(text)))
    })
    expect(said.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
    // sample of glued pieces: 没有运行 and is not started at boot; 在运行. 然后
    expect(said.filter((text) => /\p{Script=Han}[.;,] |[。；，：] /u.test(text))).toEqual([])
  })

  async function judge(): Promise<Holds[]> {
    const judged = judgeHost(cause, await findingsOf(casesOf(cause.id).flags))
    return judged.filter((judgement): judgement is Holds => judgement?.holds === true)
  }
})

function decision({ holds, confidence, isLatent, isNote, evidence, against, remedy }: Holds) {
  const commands = remedy.map(({ command }) => command?.text)
  return { holds, confidence, isLatent, isNote, evidence: evidence.length, against: against?.length, commands }
}

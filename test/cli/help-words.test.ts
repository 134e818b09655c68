import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.js'
import { setLanguage } from '../../src/language/language.js'
import { measure } from '../../src/report/fit.js'

/** What the command line says before any command is run. */
async function say(words: readonly string[], columns = 80): Promise<string> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const program = buildProgram({ stdin, stdout, stderr, env: {}, cwd: '/' })
  let said = ''
  const write = (text: string) => {
    said += text
  }
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: write, writeErr: write, getOutHelpWidth: () => columns })
  }
  await program.parseAsync(words, { from: 'user' }).catch(() => {})
  return said
}

const names = buildProgram({
  ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
  ...{ env: {}, cwd: '/' },
})
  .commands.map((command) => command.name())
  .filter((name) => name !== 'complete')

afterEach(() => setLanguage('en'))

describe('the help of every command', () => {
  it.each(names)('has examples: %s', async (name) => {
    expect(await say([name, '--help'])).toContain('\nExamples:\n')
  })

  it.each(names)('is Chinese with --lang zh, and no wider than the terminal: %s', async (name) => {
    await setLanguage('zh')
    const help = await say([name, '--help'])
    expect(help).toContain(`用法: fleetdx ${name}`)
    expect(help).toContain('\n示例：\n')
    const own = help.slice(0, help.indexOf('显示命令的帮助'))
    expect(own).not.toMatch(/^(?:Usage|Options|Arguments):|\((?:choices|default):/m)
    expect(own.split('\n').filter((line) => measure(line) > 80)).toEqual([])
  })
})

describe('a mistake in the command line', () => {
  beforeEach(() => setLanguage('zh'))

  it.each([
    [['chekc'], "未知命令 'chekc'\n  是不是想写 check？"],
    [['frobnicate'], "未知命令 'frobnicate'\n  命令列表：fleetdx --help"],
    [['hosts', '--frobnicate'], "未知选项 '--frobnicate'\n  选项列表：fleetdx COMMAND --help"],
    [['ping', '--format', 'xml'], "选项 '--format <format>' 的值 'xml' 无效。可选：table、json。"],
    [['ping', '--jobs', '0'], "选项 '-j, --jobs <number>' 的值 '0' 无效。应为 1 到 1024 的整数。"],
    [['ping', '--jobs'], "选项 '-j, --jobs <number>' 缺少值"],
    [['explain'], "缺少参数 'id'"],
    [['explain', 'one', 'two'], "'explain' 的参数太多：应为 1 个，给了 2 个。"],
    [['demo', 'web01'], "'demo' 的参数太多：应为 0 个，给了 1 个。"],
    [['completion', 'tcsh'], "参数 'shell' 的值 'tcsh' 无效。可选：bash、zsh、fish。"],
    [['plan', '--hash', '--json'], "选项 '--hash' 不能与选项 '--json' 同用"],
  ])('%j is told in Chinese', async (words, complaint) => {
    expect(await say(words)).toBe(`fleetdx: ${complaint}\n`)
  })

  it.each(names)('has the nearest option named: %s', async (name) => {
    expect(await say([name, '--lagn', 'zh'])).toBe("fleetdx: 未知选项 '--lagn'\n  是不是想写 --lang？\n")
  })
})

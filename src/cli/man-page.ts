import type { Command, Option } from 'commander'
import { joinWords } from '../language/join-words.js'
import { currentLanguage, t } from '../language/language.js'

/**
 * The manual page fleetdx(1) in the language of man(7), made from the commands themselves: every command with its arguments,
 * options and what its `--help` says after them. `version` and `date` stand at its foot.
 */
export function renderManPage(program: Command, version: string, date: Date): string {
  const commands = program.createHelp().visibleCommands(program)
  const lines = [
    `.TH FLEETDX 1 ${date.toISOString().slice(0, 10)} "fleetdx ${quoted(version)}"`,
    ...(currentLanguage() === 'zh' ? ['.ad l', '.nh'] : []),
    ...section(t`NAME`),
    `fleetdx \\- ${roff(t`find the cause of a 502 Bad Gateway on every server you own`)}`,
    ...section(t`SYNOPSIS`),
    ...commands.flatMap((command) => ['.br', `.B fleetdx ${roff(command.name())}`, roff(command.usage())]).slice(1),
    ...section(t`DESCRIPTION`),
    ...paragraphs(program.description()),
    ...section(t`COMMANDS`),
    ...commands.flatMap((command) => describeCommand(command)),
    ...section(t`GLOBAL OPTIONS`),
    ...program.createHelp().visibleOptions(program).flatMap(describeOption),
    ...section(t`ENVIRONMENT`),
    ...describeTerms(environment()),
    ...section(t`FILES`),
    ...describeTerms(files()),
  ]
  return `${lines.join('\n')}\n`
}

function describeCommand(command: Command): string[] {
  const help = command.createHelp()
  return [
    `.SS "${quoted(`fleetdx ${command.name()} ${command.usage()}`)}"`,
    ...paragraphs(t`${command.description()}.`),
    ...help.visibleArguments(command).flatMap((argument) => term(help.argumentTerm(argument), argument.description)),
    ...help.visibleOptions(command).flatMap(describeOption),
    ...verbatim(textAfterHelp(command)),
  ]
}

/** What `addHelpText('after', …)` gave: commander tells it only as it prints the help. */
function textAfterHelp(command: Command): string {
  let whole = ''
  const output = command.configureOutput()
  command.configureOutput({
    ...output,
    writeOut: (text) => {
      whole += text
    },
  })
  command.outputHelp()
  command.configureOutput(output)
  return whole.slice(command.helpInformation().length)
}

function describeOption(option: Option): string[] {
  const { description, argChoices, defaultValue, negate } = option
  const told = argChoices ? t`${description} (${joinWords(argChoices)})` : description
  const isUsual = defaultValue !== undefined && defaultValue !== false && !negate
  return term(option.flags, isUsual ? t`${told} (default: ${String(defaultValue)})` : told)
}

/** The variables that are read, beside those of SSH itself. */
function environment(): [string, string][] {
  return [
    ['FLEETDX_INVENTORY', t`the inventory, where -i names none`],
    ['LC_ALL, LC_MESSAGES, LANG', t`the language of messages; symbols beyond ASCII are used where the locale is UTF-8`],
    ['NO_COLOR, FORCE_COLOR', t`whether colours are used`],
    ['COLUMNS', t`the width of what is printed where there is no terminal`],
    ['SSH_AUTH_SOCK', t`the SSH agent`],
  ]
}

function files(): [string, string][] {
  return [
    ['./inventory.yaml, ~/.config/fleetdx/inventory.yaml', t`the inventory`],
    ['waivers.yaml', t`known problems that are accepted for a time; beside the inventory`],
    ['checks/', t`checks of your own; beside the inventory`],
    ['~/.ssh/config, ~/.ssh/known_hosts', t`as for ssh`],
  ]
}

function describeTerms(terms: readonly [string, string][]): string[] {
  return terms.flatMap(([name, text]) => term(name, text))
}

function section(heading: string): string[] {
  return [`.SH "${quoted(heading)}"`]
}

function term(name: string, text: string): string[] {
  return ['.TP', `.B ${roff(name)}`, ...(text === '' ? ['\\&'] : [roff(text)])]
}

function paragraphs(text: string): string[] {
  return text.split(/\n+/).flatMap((line, index) => [...(index > 0 ? ['.PP'] : []), roff(line)])
}

/** Lines as they are, blanks included. */
function verbatim(text: string): string[] {
  const lines = text.replace(/^\n+|\n+$/g, '')
  return lines === '' ? [] : ['.PP', '.nf', ...lines.split('\n').map(roff), '.fi']
}

/**
 * Text in roff: a backslash, a hyphen that may be copied, and a dot or quote that begins a line are meant as they are;
 * Chinese may be broken before any character that no punctuation holds.
 */
function roff(text: string): string {
  const line = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('~', '\\(ti').replaceAll('^', '\\(ha')
  const breakable = line.replaceAll(
    /(?<=\p{sc=Han})(?=[\p{sc=Han}（])|(?<=[，。、；：）])(?=[^\s，。、；：）])/gu,
    '\\:',
  )
  return /^[.']/.test(breakable) ? `\\&${breakable}` : breakable
}

/** The same within the quotes of a macro's argument. */
function quoted(text: string): string {
  return roff(text).replaceAll('"', '\\(dq')
}

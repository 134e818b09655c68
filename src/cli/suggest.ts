import type { Argument, Command, Option } from 'commander'

/** What a shell may put in place of the word that is being typed. */
export interface Suggestion {
  value: string
  description: string
}

/** What may be typed at one place of a command line. */
export interface Suggestions {
  found: Suggestion[]
  /** Whether the name of a file or folder may stand there as well. */
  wantsFiles: boolean
}

/** Where the words of a kind come from, which only a run can know: asked only where such a word may stand. */
export interface WordSources {
  /** Hosts, groups and labels, as targets name them. */
  targets(words: readonly string[]): Promise<Suggestion[]>
  causes(): Promise<Suggestion[]>
}

const nothing: Suggestions = { found: [], wantsFiles: false }
const files: Suggestions = { found: [], wantsFiles: true }

/** What may follow in a command line; the last of the words is the one that is being typed, and may be empty. */
export async function suggest(program: Command, words: readonly string[], sources: WordSources): Promise<Suggestions> {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = findCommand(program, before)
  const [flag, value] = splitAssignment(typed)
  if (value !== undefined) {
    const { found, ...others } = await suggestValue(findOption(command, flag), value, sources, words)
    return { ...others, found: found.map((one) => ({ ...one, value: `${flag}=${one.value}` })) }
  }
  const open = findOption(command, before.at(-1) ?? '')
  if (open?.required) return suggestValue(open, typed, sources, words)
  if (typed.startsWith('-')) return { ...nothing, found: startingWith(typed, listOptions(command)) }
  if (command === program) return { ...nothing, found: startingWith(typed, listCommands(program)) }
  return suggestArgument(command, before, typed, sources, words)
}

/** The command that the words name so far; the program itself where they name none yet. */
function findCommand(program: Command, before: readonly string[]): Command {
  const [name] = positionals(program, before)
  return program.commands.find((command) => command.name() === name) ?? program
}

/** Words that are neither options nor their values. */
function positionals(command: Command, words: readonly string[]): string[] {
  return words.filter((word, index) => {
    const isValue = findOption(command, words[index - 1] ?? '')?.required === true
    return !word.startsWith('-') && !isValue
  })
}

function findOption(command: Command, word: string): Option | undefined {
  return command.options.find(({ long, short }) => word !== '' && (word === long || word === short))
}

/** `--format=js` as `--format` and `js`. */
function splitAssignment(typed: string): [string, string | undefined] {
  const [, flag = '', value] = /^(--[\w-]+)=(.*)$/s.exec(typed) ?? []
  return [flag, value]
}

async function suggestValue(
  option: Option | undefined,
  typed: string,
  sources: WordSources,
  words: readonly string[],
): Promise<Suggestions> {
  if (!option) return nothing
  if (option.argChoices)
    return {
      ...nothing,
      found: startingWith(
        typed,
        option.argChoices.map((value) => ({ value, description: '' })),
      ),
    }
  // sample: --jump <hosts>, --identity <file>, --save <folder>
  const kind = /<([\w-]+)>/.exec(option.flags)?.[1]
  if (kind === 'hosts') return { ...nothing, found: continueTarget(typed, await sources.targets(words)) }
  return kind === 'file' || kind === 'folder' || kind === 'path' ? files : nothing
}

async function suggestArgument(
  command: Command,
  before: readonly string[],
  typed: string,
  sources: WordSources,
  words: readonly string[],
): Promise<Suggestions> {
  const kind = nameOfArgument(command, positionals(command, before).length - 1)
  switch (kind) {
    case 'targets':
    case 'host':
      return { ...nothing, found: continueTarget(typed, await sources.targets(words)) }
    case 'id':
      return { ...nothing, found: startingWith(typed, await sources.causes()) }
    case 'shell':
      return { ...nothing, found: startingWith(typed, choicesOf(command.registeredArguments[0])) }
    default:
      return kind === undefined ? nothing : files
  }
}

function nameOfArgument({ registeredArguments }: Command, index: number): string | undefined {
  const last = registeredArguments.at(-1)
  const argument = registeredArguments[index] ?? (last?.variadic ? last : undefined)
  return argument?.name()
}

function choicesOf(argument: Argument | undefined): Suggestion[] {
  return (argument?.argChoices ?? []).map((value) => ({ value, description: '' }))
}

function listCommands(program: Command): Suggestion[] {
  const commands = program.createHelp().visibleCommands(program)
  return commands.map((command) => ({ value: command.name(), description: command.description() }))
}

function listOptions(command: Command): Suggestion[] {
  const visible = command.createHelp().visibleOptions(command)
  return visible.flatMap(({ long, short, description }) =>
    [long, short].flatMap((value) => (value === undefined ? [] : [{ value, description }])),
  )
}

function startingWith(typed: string, all: readonly Suggestion[]): Suggestion[] {
  return all.filter(({ value }) => value.startsWith(typed))
}

/** A target goes on after the parts that stand: `web:!we` is finished to `web:!web03`. */
function continueTarget(typed: string, names: readonly Suggestion[]): Suggestion[] {
  // sample: web[01-20]:!we
  const [, standing = '', begun = ''] = /^((?:.*[:,](?![^[]*\]))?[&!]?)(.*)$/s.exec(typed) ?? []
  return startingWith(begun, names).map((name) => ({ ...name, value: standing + name.value }))
}

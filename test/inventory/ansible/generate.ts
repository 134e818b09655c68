import fc from 'fast-check'

/* Inventories as Ansible reads them, made by chance: most of each is sound, and a little is what it refuses. */

const pick = <Item>(items: readonly Item[]) => fc.constantFrom(...items)
const mostly = (sound: fc.Arbitrary<string>, odd: readonly string[], weight: number) =>
  fc.oneof({ arbitrary: sound, weight }, { arbitrary: pick(odd), weight: 1 })
const some = <Item>(arbitrary: fc.Arbitrary<Item>, maxLength: number) => fc.array(arbitrary, { maxLength })

const groupNames = ['g1', 'g2', 'g3', 'g4', 'g-5'] as const
const variableNames = ['ansible_user', 'ansible_port', 'v1', 'v2'] as const

const sections = ['all', 'ungrouped', ...groupNames] as const

const iniValues =
  String.raw`deploy|22|022|0|-5|1_000|+3|'deploy'|"two words"|'it''s'|'a' 'b'|"a\tb"|'a\'b'|"\x41\u00e9\101"|r'\d'|"""x"""|True|true|no|None|10.0.0.1|::1|'22'|22 # said|'x' # said|x # said|a=b|=||~/.ssh/id|-o A=b|"-o \"x y\""|a;b|{{ x }}|ä|c:\\d|"\q"`.split(
    '|',
  )

const hostPatterns =
  String.raw`h1|h2|h3|web[1:3]|web[01:03]|db-[a:c]|n[1:9:3]x|10.0.0.[1:2]|h1:2222|web[1:2]:22|[::1]:2200|::1|2001:db8::1|a_b|h-1.example.com|u@h:22|[h9]:33|"h q"|h\ 2|web[:3]|h:x|h[08:11]|h[A:C]|a[1:2]b[a:b]`.split(
    '|',
  )
const oddPatterns = 'web[1:]|web[a:3]|x[1|h:|w[1-3]|---|h[8:011]|h[1:2:0]|[1:2:3:4]x'.split('|')

const comment = pick(['', '', '', ' # c', ' ;c', '\t#c=d'])
const assignment = fc.tuple(pick(variableNames), pick(iniValues)).map(([name, value]) => `${name}=${value}`)
const hostLine = mostly(
  fc
    .tuple(mostly(pick(hostPatterns), oddPatterns, 400), some(assignment, 2), comment)
    .map(([host, given, end]) => [host, ...given].join(' ') + end),
  ['h1 foo', 'h1 "a', 'h1 a="b c', '; c', '# c', '  ', '[bad section]', 'h1 \\'],
  120,
)
const varLine = mostly(
  fc.tuple(assignment, comment).map((parts) => parts.join('')),
  ['a = b', ' v1 =  x  ', 'ansible_group_priority=10', 'ansible_group_priority=-3', 'novalue'],
  25,
)

/** Mostly a group contains only those behind it, so that few of them contain each other. */
const children = fc
  .integer({ min: 0, max: 4 })
  .chain((at) =>
    some(mostly(pick([...groupNames.slice(at + 1), 'g-5']), ['g1', 'g1 # c', 'g1 g2', 'nogroup', 'all'], 40), 2).map(
      (lines) => [`[${groupNames[at]}:children]`, ...lines.filter((line) => line !== groupNames[at])],
    ),
  )
const section = fc.oneof(
  fc
    .tuple(pick(sections), comment, some(hostLine, 4))
    .map(([name, end, lines]) => [`[${name}]${end.replace(/^ ;.*/, '')}`, ...lines]),
  fc.tuple(pick(sections), some(varLine, 3)).map(([name, lines]) => [`[${name}:vars]`, ...lines]),
  children,
  pick([['[all:children]', 'g2']]),
)

/** The text of an INI inventory. */
export const iniText = fc
  .tuple(
    some(hostLine, 3),
    fc.oneof(
      { arbitrary: fc.constant(groupNames.map((name) => `[${name}]`)), weight: 4 },
      { arbitrary: fc.constant([]), weight: 1 },
    ),
    some(
      mostly(
        section.map((lines) => lines.join('\n')),
        ['[g1:odd]', '[g 1]', '[]'],
        80,
      ),
      7,
    ),
  )
  .map((parts) => `${parts.flat().join('\n')}\n`)

const yamlValues = [
  ...String.raw`deploy|"22"|22|022|0x16|yes|"yes"|off|~||1_0|1:30|'x # y'|x # y|[a, b]|{a: 1}|10.0.0.1|"{{ x }}"|!unsafe x|"a\tb"|*shared|::1`.split(
    '|',
  ),
  '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6134',
  '|-\n  two\n  lines',
]
const indent = (lines: readonly string[]) => lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`)

/** Lines of a mapping of variables. */
const yamlVars = fc
  .uniqueArray(fc.tuple(pick(variableNames), pick(yamlValues)), { maxLength: 3, selector: ([name]) => name })
  .map((given) => given.flatMap(([name, value]) => `${name}: ${value.replaceAll('\n', '\n  ')}`.split('\n')))
const yamlHosts = fc
  .uniqueArray(fc.tuple(pick(hostPatterns.filter((host) => !/["\\]/.test(host))), yamlVars), {
    maxLength: 3,
    selector: ([host]) => host,
  })
  .map((hosts) => hosts.flatMap(([host, given]) => [`"${host}":`, ...indent(given)]))
const nest = (key: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${key}:`, ...indent(lines)])

/** Lines of the groups behind the one at an index. */
function yamlGroups(at: number): fc.Arbitrary<string[]> {
  const rest = groupNames.slice(at)
  if (rest.length === 0) return fc.constant([])
  return fc
    .uniqueArray(fc.tuple(pick(rest), fc.constant(null)), { maxLength: 2, selector: ([name]) => name })
    .chain((picked) =>
      fc.tuple(
        ...picked.map(([name]) =>
          yamlGroup(groupNames.indexOf(name) + 1).map((lines) =>
            nest(name, lines).concat(lines.length === 0 ? [`${name}:`] : []),
          ),
        ),
      ),
    )
    .map((groups) => groups.flat())
}

function yamlGroup(at: number): fc.Arbitrary<string[]> {
  const priority = pick([[], [], [], ['ansible_group_priority: 7'], ['ansible_group_priority: "-2"']])
  return fc
    .tuple(yamlHosts, yamlVars, priority, yamlGroups(at))
    .map(([hosts, given, first, inner]) => [
      ...nest('hosts', hosts),
      ...nest('vars', [...first, ...given]),
      ...nest('children', inner),
    ])
}

/** The text of a YAML inventory. */
export const yamlText = yamlGroup(0).map(
  (lines) => `${['all:', '  vars:', '    shared: &shared deploy', ...nest('top', lines)].join('\n')}\n`,
)

/** A file of variables, from `group_vars` or `host_vars`. */
export const varsText = fc
  .tuple(yamlVars, pick(['', '', '', '---\n', '# c\n']))
  .map(([lines, head]) => `${head}x: &shared deploy\n${lines.join('\n')}\n`)

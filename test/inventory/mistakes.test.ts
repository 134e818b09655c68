import { describe, expect, it } from 'vitest'
import { formatPlace, UserError } from '../../src/errors.js'
import { InventoryError } from '../../src/inventory/inventory-error.js'
import { loadInventory, parseInventory } from '../../src/inventory/load.js'

/** Every mistake of an inventory, as `place: message | mend`. */
function mistakesOf(text: string): string[] {
  try {
    parseInventory(text, 'inventory.yaml', '/home/me')
  } catch (error) {
    if (error instanceof InventoryError) return error.mistakes.map(show)
    if (error instanceof UserError) return [show(error)]
    throw error
  }
  return []
}

function show({ message, mend, place }: UserError): string {
  return [`${place ? formatPlace(place) : ''}: ${message}`, ...(mend ? [mend] : [])].join(' | ')
}

const START = "write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host"

describe('a mistake in an inventory', () => {
  it.each([
    ['an empty file', '# nothing\n', `inventory.yaml: the inventory is empty | ${START}`],
    ['no host', 'defaults:\n  user: x\n', `inventory.yaml: the inventory names no host | ${START}`],
    [
      'a tab',
      'hosts:\n\tweb01:\n',
      'inventory.yaml:2:1: a tab stands where YAML wants spaces | indent with spaces, two for each level',
    ],
    [
      'a duplicate key after an empty value',
      'hosts:\n  web02:\n  web01:\n  web01:\n',
      "inventory.yaml:4:3: 'web01' stands twice, first on line 3 | keep one, or join the two",
    ],
    [
      'an unquoted range in a list',
      'groups:\n  web:\n    hosts: [web[01:20], b]\n',
      "inventory.yaml:3:16: a name with brackets inside a list in brackets is not YAML | put the name in quotes, as in ['web[01:20]', db01]",
    ],
    [
      'an INI file',
      '[web]\nweb01\n',
      'inventory.yaml:2:1: this looks like an INI file, not YAML | write it as YAML; inventory.example.yaml, which comes with fleetdx, shows every key',
    ],
    [
      'an alias of nothing',
      'hosts:\n  a:\n    user: *x\n',
      "inventory.yaml:3:11: '*x' refers to an anchor that is not there | put a text that starts with * in quotes: '*x'",
    ],
    [
      'a port out of range',
      'hosts:\n  web01: { port: 99999 }\n',
      "inventory.yaml:2:18: 'port' must be a whole number from 1 to 65535, not 99999",
    ],
    [
      'a policy for host keys that is none',
      'hosts:\n  web01: { hostKeys: ask }\n',
      'inventory.yaml:2:22: \'hostKeys\' must be strict, accept-new or off, not the text "ask"',
    ],
    [
      'more samples than are made',
      'defaults:\n  samples: 51\nhosts:\n  web01:\n',
      "inventory.yaml:2:12: 'samples' must be a whole number from 1 to 50, not 51",
    ],
    [
      'a port in quotes',
      'hosts:\n  web01:\n    port: "22"\n',
      'inventory.yaml:3:11: \'port\' must be a whole number from 1 to 65535, not the text "22" | write it without quotes: 22',
    ],
    [
      'a key without a value',
      'hosts:\n  web01:\n    port:\n',
      "inventory.yaml:3:5: 'port' has no value | give a whole number from 1 to 65535",
    ],
    [
      'hosts as a list',
      'hosts:\n  - web01\n',
      "inventory.yaml:2:3: 'hosts' must be a mapping of host names, not a list | write each on a line of its own, with a colon: 'web01:'",
    ],
    [
      'an app without a name',
      'hosts:\n  a:\n    apps: [{ port: 3000 }]\n',
      "inventory.yaml:3:12: 'name' is missing | give the name that PM2 gives the app, such as shop",
    ],
    [
      'an unknown group',
      'groups:\n  web:\n    children: [wbe]\n    hosts: [a]\n',
      "inventory.yaml:3:16: there is no group 'wbe' | did you mean 'web'?",
    ],
    [
      'groups in a circle',
      'groups:\n  a:\n    children: [b]\n  b:\n    children: [a]\n    hosts: [x]\n',
      "inventory.yaml:5:16: the groups contain each other: a > b > a | take 'a' out of the children of 'b'",
    ],
    [
      'a host defined twice by ranges',
      'hosts:\n  web[01-03]:\n  web02:\n',
      "inventory.yaml:3:3: host 'web02' is defined twice, first as 'web[01-03]' on line 2 | make the ranges apart; settings shared by several hosts belong in a group",
    ],
    [
      'a group and a host of one name',
      'groups:\n  a:\n    hosts: [a]\n',
      "inventory.yaml:2:3: 'a' names a group and a host | rename one, so that a target is clear",
    ],
    [
      'an odd name',
      'hosts:\n  deploy@web:\n',
      "inventory.yaml:2:3: 'deploy@web' cannot be a name | use letters, digits, '.', '-' and '_'; 'address', 'user' and 'port' have keys of their own",
    ],
    [
      'an unknown jump host',
      'hosts:\n  a:\n    jump: basition\n  bastion:\n',
      "inventory.yaml:3:11: the jump host 'basition' is not in the inventory | write a server outside of the inventory as user@host:port; did you mean 'bastion'?",
    ],
  ])('is explained: %s', (_, text, mistake) => {
    expect(mistakesOf(text)).toEqual([mistake])
  })

  it('is reported together with the others, in file order', () => {
    const text = 'hosts:\n  web01:\n    prot: 22\n  web02:\n    colour: red\n    timeouts: { connect: 10x }\n'
    expect(mistakesOf(text)).toEqual([
      "inventory.yaml:3:5: unknown key 'prot' | did you mean 'port'?",
      "inventory.yaml:5:5: unknown key 'colour' | use one of: address, port, user, identityFile, knownHostsFile, hostKeys, jump, transport, passwordCommand, sudoPasswordCommand, sudo, labels and 4 more",
      'inventory.yaml:6:26: \'connect\' must be a duration from 1ms to 24h, not the text "10x" | write 10s, 500ms or 2m, or a plain number of seconds',
    ])
    expect(() => parseInventory(text, 'inventory.yaml', '/')).toThrow("unknown key 'prot' (and 2 more)")
  })

  it('is explained for a file that is not there', async () => {
    const loading = loadInventory('/nowhere/inventory.yaml', '/home/me')
    await expect(loading).rejects.toMatchObject({ message: 'there is no inventory file here', mend: START })
  })
})

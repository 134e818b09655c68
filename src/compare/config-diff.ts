import { basename } from 'node:path/posix'
import { createTwoFilesPatch } from 'diff'
import type { Section } from '../probes/define.js'
import { type ConfigText, configTexts, type GatewayTexts } from '../probes/gateway/config-texts.js'
import type { Pair } from './host-diff.js'

/** What is read of a capture. */
interface Captured {
  sections: Readonly<Record<string, Section>>
  digestId?: string
}

/** A file of a gateway's configuration on two hosts, by its path. */
export interface FileDifference {
  gateway: string
  path: string
  /**
   * `shown` = they differ, as `patch` says. `hidden` = they differ, and only in what is not shown: a secret, or characters
   * that no screen shows. `only-first`, `only-second` = it is on one of the hosts. `unseen` = it was seen on one, and
   * whether it is on the other, or what it says there, was not.
   */
  state: 'shown' | 'hidden' | 'only-first' | 'only-second' | 'unseen'
  /** A unified diff, secrets masked; absent where there is none, or where it is too long to be found. */
  patch?: string
  /** Where it is on one host only, and on the other a site of that name is there, but not enabled. */
  idle?: string
  /** Whether only the first 256 KiB of it were compared. */
  isCut?: true
}

export interface ConfigDiff {
  files: FileDifference[]
  /** Paths of files that are the same. */
  same: string[]
  /** Of these, those with a secret of which it is not known whether it is the same. */
  unsure: string[]
}

/** More lines than this in which two files differ are not worth a diff, nor the time it takes. */
const mostEdits = 4_000

/** Compares the configuration of the gateways of two hosts, file by file. Pure. */
export function diffConfigs(names: Pair<string>, captures: Pair<Captured>): ConfigDiff {
  const [first, second] = [configTexts(captures[0]), configTexts(captures[1])]
  const ids = captures.map(({ digestId }) => digestId)
  const hasOneKey = ids[0] !== undefined && ids[0] === ids[1]
  const gateways = new Set([...first, ...second].map(({ gateway }) => gateway))
  const diffs = [...gateways].map((gateway) => {
    const find = (all: readonly GatewayTexts[]) => all.find((each) => each.gateway === gateway) ?? unseen(gateway)
    return diffGateway(names, [find(first), find(second)], hasOneKey)
  })
  return {
    files: diffs.flatMap(({ files }) => files),
    same: diffs.flatMap(({ same }) => same),
    unsure: diffs.flatMap(({ unsure }) => unsure),
  }
}

function unseen(gateway: GatewayTexts['gateway']): GatewayTexts {
  return { gateway, files: [], hidden: [], idle: [], isWhole: false }
}

function diffGateway(names: Pair<string>, [one, other]: Pair<GatewayTexts>, hasOneKey: boolean): ConfigDiff {
  const { gateway } = one
  const paths = new Set([...one.files, ...other.files].map(({ path }) => path).sort())
  const found: ConfigDiff = { files: [], same: [], unsure: [] }
  for (const path of paths) {
    const [left, right] = [findText(one, path), findText(other, path)]
    if (!left || !right) found.files.push({ gateway, path, ...tellAbsence(path, left ? other : one, !left) })
    else if (left.text !== right.text) found.files.push({ gateway, path, ...makePatch(names, left, right) })
    else if (hasOneKey && left.digest !== null && right.digest !== null && left.digest !== right.digest)
      found.files.push({ gateway, path, state: 'hidden' })
    else {
      found.same.push(path)
      const isProven = hasOneKey && left.digest !== null && right.digest !== null
      if (!isProven && left.text.includes('***')) found.unsure.push(path)
    }
  }
  return found
}

function findText({ files }: GatewayTexts, path: string): ConfigText | undefined {
  return files.find((file) => file.path === path)
}

/** What it means that a host has no text of a file. */
function tellAbsence(path: string, { hidden, idle, isWhole }: GatewayTexts, isFirst: boolean) {
  if (!isWhole || hidden.includes(path)) return { state: 'unseen' as const }
  const sleeping = idle.find((site) => basename(site) === basename(path))
  return {
    state: isFirst ? ('only-second' as const) : ('only-first' as const),
    ...(sleeping !== undefined && { idle: sleeping }),
  }
}

function makePatch([first, second]: Pair<string>, left: ConfigText, right: ConfigText) {
  const patch = createTwoFilesPatch(
    `${first}:${left.path}`,
    `${second}:${right.path}`,
    left.text,
    right.text,
    undefined,
    undefined,
    { context: 3, maxEditLength: mostEdits },
  )
  // sample: a line of === stands above the names of the files
  const unified = patch?.replace(/^=+\n/, '')
  const isCut = left.isCut || right.isCut
  return {
    state: 'shown' as const,
    ...(unified !== undefined && { patch: unified }),
    ...(isCut && { isCut: true as const }),
  }
}

import type { Catalog } from '../language.js'
import { causesApp } from './causes-app.js'
import { causesGateway } from './causes-gateway.js'
import { causesOthers } from './causes-others.js'
import { causesPm2 } from './causes-pm2.js'
import { cli } from './cli.js'
import { clusters } from './clusters.js'
import { commands } from './commands.js'
import { compare } from './compare.js'
import { diff } from './diff.js'
import { formats } from './formats.js'
import { html } from './html.js'
import { inventory } from './inventory.js'
import { path } from './path.js'
import { probes } from './probes.js'
import { report } from './report.js'
import { ssh } from './ssh.js'
import { waivers } from './waivers.js'

/** The messages of each part of the program in Simplified Chinese; the same English in two of them is translated the same. */
export const parts = {
  causesApp,
  causesGateway,
  causesOthers,
  causesPm2,
  cli,
  clusters,
  commands,
  compare,
  diff,
  formats,
  html,
  inventory,
  path,
  probes,
  report,
  ssh,
  waivers,
}

/** Every message in Simplified Chinese. */
export const zh: Catalog = Object.assign({}, ...Object.values(parts))

import type { Catalog } from '../language.js'

export const commands: Catalog = {}

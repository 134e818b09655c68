import type { Catalog } from '../language.js'

export const cli: Catalog = {}

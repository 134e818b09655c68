import type { Catalog } from '../language.js'

export const probes: Catalog = {}

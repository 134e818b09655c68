import type { Catalog } from '../language.js'

export const inventory: Catalog = {}

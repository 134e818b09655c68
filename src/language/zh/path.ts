import type { Catalog } from '../language.js'

export const path: Catalog = {}

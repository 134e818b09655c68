import type { Catalog } from '../language.js'

export const compare: Catalog = {}

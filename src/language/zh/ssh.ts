import type { Catalog } from '../language.js'

export const ssh: Catalog = {}

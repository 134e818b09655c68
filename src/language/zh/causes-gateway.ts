import type { Catalog } from '../language.js'

export const causesGateway: Catalog = {}

import { type HeldStore, newHeld } from '../parts/held.ts'
import type { AddressReason } from './addresses-search.ts'

/** Why customers that were fixed a moment ago needed it, by `lead.12`. */
export const heldFixes: HeldStore<string, AddressReason> = newHeld()
export type Held = ReturnType<typeof heldFixes.get>

import { setFlagsFromString } from 'node:v8'

/** How much the heap may grow between full collections, of what is alive. */
const growthPercent = 60

/**
 * Keeps the heap of a server or an import small. V8 lets garbage pile up to several times what is alive
 * (decisions/016-the-heap-grows-slowly.md).
 */
export const growSlowly = (): void => setFlagsFromString(`--heap-growing-percent=${growthPercent}`)

/** Builds web/dist. */
export function buildWeb(): Promise<void>
/** Whether web/dist was built of what is here now. */
export function isBuilt(): boolean
/** Packs a file of it for browsers that accept it. */
export function packFile(path: string): Promise<void>

/** Builds web/dist. */
export function buildWeb(): Promise<void>
/** Whether web/dist was built of what is here now. */
export function isBuilt(): boolean

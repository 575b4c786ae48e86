/** What tabs and the service worker say to each other about visits that wait. */
export type Heard = 'added' | 'changed' | 'sending' | 'done'

/** Whoever holds this Web Lock sends. */
export const outboxLock = 'doorstep-outbox'

/** The name of the fact when all was last sent, in ms. */
export const lastSentKey = 'sent'

/** The channel of those who share a database. */
export const outboxChannel = (databaseName: string): BroadcastChannel =>
  new BroadcastChannel(`${outboxLock} ${databaseName}`)

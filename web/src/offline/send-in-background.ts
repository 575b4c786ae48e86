import { type Client, createClient } from '@doorstep/client/client'
import { UnauthorizedError } from '@doorstep/client/errors'
import { createQueue, type QueuedVisit } from '@doorstep/client/queue'

import { type Database, openDatabase } from './database.ts'
import { type Heard, lastSentKey, outboxChannel, outboxLock } from './outbox-channel.ts'
import { outboxStorage } from './outbox-storage.ts'
import { beginAttempt, removeTakenBack } from './taken-back.ts'

/**
 * Sends the visits that wait of whoever is signed in, though pages may be closed or frozen. Throws if some still wait
 * for a network, so that the browser tries again later.
 */
export async function sendInBackground(url: string): Promise<void> {
  const client = createClient({ url, token: null })
  try {
    const { user } = (await client.session.get()).data
    const { id: accountId } = (await client.account.self()).data
    const database = await openDatabase(accountId, user.id, () => {})
    try {
      await flush(client, database)
    } finally {
      database.close()
    }
  } catch (error) {
    // The next sign-in sends them.
    if (!(error instanceof UnauthorizedError)) throw error
  }
}

async function flush(client: Client, database: Database): Promise<void> {
  const channel = outboxChannel(database.name)
  const tell = (what: Heard): void => channel.postMessage(what)
  const onAttempt = ({ key }: QueuedVisit) => beginAttempt(database, key)
  try {
    // A page that is sending may hold it.
    await navigator.locks.request(outboxLock, async () => {
      tell('sending')
      try {
        const removed = await removeTakenBack(client, database)
        if (removed.error) throw removed.error
        const storage = outboxStorage(database)
        const { error } = await createQueue({ client, storage, onAttempt }).flush()
        if (error) throw error
        await database.put('facts', Date.now(), lastSentKey)
      } finally {
        tell('done')
      }
    })
  } finally {
    channel.close()
  }
}

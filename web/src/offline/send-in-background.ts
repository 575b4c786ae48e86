import { type Client, createClient } from '@doorstep/client/client'
import { UnauthorizedError } from '@doorstep/client/errors'
import { createQueue } from '@doorstep/client/queue'

import { type Database, openDatabase } from './database.ts'
import { type Heard, outboxChannel, outboxLock } from './outbox-channel.ts'
import { outboxStorage } from './outbox-storage.ts'

/**
 * Sends the visits that wait of whoever is signed in, while no page is open. Throws if some still wait
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
  // A page that was just closed may hold it for a moment.
  await navigator.locks.request(outboxLock, async () => {
    tell('sending')
    try {
      const { error } = await createQueue({ client, storage: outboxStorage(database) }).flush()
      if (error) throw error
    } finally {
      tell('done')
      channel.close()
    }
  })
}

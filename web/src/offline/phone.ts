import { UnauthorizedError } from '@doorstep/client/errors'

import { client } from '../api/client.ts'
import { readCustomersAnew } from '../api/customers.ts'
import { queryClient, renew } from '../api/query-client.ts'
import { sessionExpiry } from '../session/expiry.ts'
import { readLastSession } from '../session/last-session.ts'
import { type Database, openDatabase } from './database.ts'
import { Drafts } from './drafts.ts'
import { keepQueries } from './kept-queries.ts'
import { Outbox } from './outbox.ts'
import { serviceWorker } from './service-worker-state.ts'

/** What this browser holds for whoever is signed in. */
export interface PhoneStore {
  readonly database: Database
  readonly outbox: Outbox
  readonly drafts: Drafts
  /** Whether it outlives the page; not where the browser refuses to store anything. */
  readonly isLasting: boolean
  /** Lets it go, for another person. */
  readonly close: () => void
}

let opened: { readonly name: string; readonly store: Promise<PhoneStore> } | undefined

const isOutdated = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'VersionError'

/** In the memory of the page if the browser refuses to store anything, so that all works meanwhile. */
async function openOrHold(accountId: number, userId: number) {
  const open = () => openDatabase(accountId, userId, serviceWorker.noteOutdated)
  try {
    return { database: await open(), isLasting: true }
  } catch (error) {
    if (isOutdated(error)) {
      serviceWorker.noteOutdated()
      throw error
    }
    console.warn('Nothing is stored on this device:', error)
    await import('fake-indexeddb/auto')
    return { database: await open(), isLasting: false }
  }
}

async function open(accountId: number, userId: number): Promise<PhoneStore> {
  const { database, isLasting } = await openOrHold(accountId, userId)
  const endKeeping = await keepQueries(database)
  const outbox = new Outbox({
    database,
    client,
    onSent: (customers) => {
      void renew(['visits'])
      void readCustomersAnew(customers)
      // A visit marks the stop at which it was made.
      void queryClient.invalidateQueries({ queryKey: ['plans'] })
    },
    onError: (error) => {
      if (error instanceof UnauthorizedError) sessionExpiry.begin()
    },
  })
  const close = (): void => {
    endKeeping()
    outbox.close()
    database.close()
  }
  return { database, outbox, drafts: new Drafts(database), isLasting, close }
}

/** Opens it once for each person. Throws if nobody has signed in on this device. */
export async function phoneStore(): Promise<PhoneStore> {
  const last = readLastSession()
  if (!last) throw new Error('Nobody is signed in')
  const { accountId } = last
  const { id } = last.session.user
  const name = `${accountId}-${id}`
  if (opened?.name !== name) {
    const before = opened?.store
    opened = { name, store: open(accountId, id) }
    void before?.then(({ close }) => close())
  }
  return opened.store
}

/** Sends the visits of whoever is signed in, if there are any. */
export async function sendWhatWaits(): Promise<void> {
  if (!readLastSession()) return
  await (await phoneStore()).outbox.flush()
}

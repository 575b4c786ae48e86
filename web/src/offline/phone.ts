import { UnauthorizedError } from '@doorstep/client/errors'

import { client } from '../api/client.ts'
import { readCustomersAnew } from '../api/customers.ts'
import {
  forgetLastSession,
  isSamePerson,
  type LastSession,
  readLastSession,
} from '../api/last-session.ts'
import { queryClient, renew } from '../api/query-client.ts'
import { sessionExpiry } from '../api/session-expiry.ts'
import { say } from '../parts/toasts.ts'
import { listed } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
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

async function open(last: LastSession): Promise<PhoneStore> {
  const { database, isLasting } = await openOrHold(last.accountId, last.session.user.id)
  let endKeeping: (() => void) | undefined
  try {
    endKeeping = await keepQueries(database)
    return { ...begin(database, last, endKeeping), isLasting }
  } catch (error) {
    endKeeping?.()
    database.close()
    throw error
  }
}

/** `endKeeping` is called when it is let go. */
function begin(
  database: Database,
  last: LastSession,
  endKeeping: () => void,
): Omit<PhoneStore, 'isLasting'> {
  const { user } = last.session
  const ending = new AbortController()
  const { signal } = ending
  const drafts = new Drafts(database)
  const outbox = new Outbox({
    database,
    client,
    isTheirs: async (aborted) => {
      const { data } = await client.session.get({ signal: aborted })
      if (isSamePerson(data.user, user)) return true
      // What one person has on the screen is not for another.
      forgetLastSession()
      location.reload()
      return false
    },
    onSent: (customers) => {
      void renew(['visits'])
      void readCustomersAnew(customers)
      // A visit marks the stop at which it was made.
      void queryClient.invalidateQueries({ queryKey: ['plans'] })
    },
    onError: (error) => {
      if (error instanceof UnauthorizedError) sessionExpiry.begin()
    },
    onNotRemoved: (customers) =>
      say(texts.outbox.notRemoved(listed(customers.map(({ name }) => name)))),
  })
  const close = (): void => {
    ending.abort()
    endKeeping()
    outbox.close()
    void drafts
      .close()
      .catch(() => {})
      .then(() => database.close())
  }
  const followOthers = (): void => {
    const now = readLastSession()
    if (now && nameOf(now) !== nameOf(last)) location.reload()
  }
  addEventListener('storage', followOthers, { signal })
  return { database, outbox, drafts, close }
}

const nameOf = ({ accountId, session }: LastSession): string => `${accountId}-${session.user.id}`

/** Opens it once for each person. Throws if nobody has signed in on this device. */
export async function phoneStore(): Promise<PhoneStore> {
  const last = readLastSession()
  if (!last) throw new Error('Nobody is signed in')
  const name = nameOf(last)
  if (opened?.name !== name) {
    closePhoneStore()
    const opening = { name, store: open(last) }
    opened = opening
    opening.store.catch(() => {
      // What failed once may work the next time.
      if (opened === opening) opened = undefined
    })
  }
  return opened.store
}

/** Lets go what this browser holds for whoever was signed in: nothing more is sent as them. */
export function closePhoneStore(): void {
  const before = opened?.store
  opened = undefined
  void before?.then(
    ({ close }) => close(),
    () => {},
  )
}

/** Sends the visits of whoever is signed in, if there are any. */
export async function sendWhatWaits(): Promise<void> {
  if (!readLastSession()) return
  await (await phoneStore()).outbox.flush()
}

import type { AccountKey } from '../domain/accounts.ts'
import type { Actor } from '../domain/actor.ts'
import { dayIn } from '../domain/days.ts'
import type { Store } from '../domain/store.ts'
import { removeLocationsOf } from './location-retention.ts'

/** Which precise places of a user are held. Times in ms. */
export interface HeldPlaces {
  readonly visits: number
  /** When the last one goes; null: none is held. */
  readonly until: number | null
  /** By the day in the user's time zone on which they go. */
  readonly byDay: ReadonlyMap<string, number>
  readonly importedVisits: number
}

/** Counts the places that are held of a user; each goes `keptMs` after the visit was logged. */
export async function countHeldPlaces(
  { locationData, read }: Pick<Store, 'locationData' | 'read'>,
  account: AccountKey,
  userId: number,
  keptMs: number,
): Promise<HeldPlaces> {
  const zone = await read(account, ({ users }) => users.findZone(userId))
  const days = new Map<string, number>()
  let [visits, importedVisits, until] = [0, 0, 0]
  for await (const places of locationData.held(account, userId)) {
    for (const { createdAt, isImported } of places) {
      if (isImported) {
        importedVisits++
        continue
      }
      visits++
      until = Math.max(until, createdAt + keptMs)
      const day = dayIn(zone, createdAt + keptMs)
      days.set(day, (days.get(day) ?? 0) + 1)
    }
  }
  const byDay = new Map([...days].toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return { visits, until: visits === 0 ? null : until, byDay, importedVisits }
}

/** Visits that one transaction changes, so that other writers wait little. */
const removedMax = 500

/** Removes all precise places that are held of a user, but those of imported visits. */
export async function removeHeldPlaces(
  { write }: Pick<Store, 'write'>,
  actor: Actor,
  newEventId: () => string,
): Promise<void> {
  const { accountKey, userId } = actor
  for (let after: number | undefined = 0; after !== undefined;) {
    const from: number = after
    after = await write(accountKey, async (tx) => {
      if (from === 0 && (await tx.visits.findLocatedOf(userId, from, 1)).length > 0) {
        await tx.audit.add(actor, 'location_data_removed', { kind: 'user', id: userId })
      }
      return removeLocationsOf(tx, userId, from, removedMax, newEventId)
    })
  }
}

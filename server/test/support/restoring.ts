import { createClient } from '@doorstep/client/client'
import { expect } from 'vitest'

import type { AccountKey } from '../../src/domain/accounts.ts'
import { printPosition } from '../../src/domain/positions.ts'
import { scopes } from '../../src/domain/scopes.ts'
import type { Store } from '../../src/domain/store.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { makeToken } from '../../src/runtime/new-token.ts'
import { newEventId, world } from '../../src/storage/contract/example-store.ts'
import { doorstep, serveDoorstep } from './doorstep.ts'
import { temporaryFolder } from './temporary.ts'

export interface Backup {
  /** Puts everything back as it was at the time of the backup. */
  restore(): Promise<void>
}

/** Where a store is kept that is backed up and restored. */
export interface Place {
  open(): Promise<Store>
  /** With which commands and servers use it. */
  readonly env: Readonly<Record<string, string>>
  backUp(): Promise<Backup>
  /** Whether that works while the store is in use. */
  readonly isBackedUpOpen: boolean
  /** Whether the restore raises the stream's generation. */
  readonly isReset?: boolean
}

/** Adds visits; resolves with the position after each. */
async function addVisits(store: Store, account: AccountKey, ids: readonly number[]) {
  const [sample] = world
  if (!sample) throw new Error('the world is empty')
  const positions: string[] = []
  for (const id of ids) {
    const position = await store.write(account, async (tx) => {
      await importVisits(tx, [{ ...sample, id }], newEventId)
      return tx.events.assignOffsets()
    })
    positions.push(printPosition(position))
  }
  return positions
}

/** A store with two visits, a backup of it, and two visits more, which are then lost. */
async function startRestored(place: Place) {
  const store = await place.open()
  const email = 'admin@acme.example'
  const { key } = await createAccount(store, 'Acme', email)
  const given = { email, scopes, expiresAt: null, description: '' }
  const token = await makeToken(store, key, given)
  const kept = await addVisits(store, key, [1, 2])
  const whileOpen = place.isBackedUpOpen ? await place.backUp() : undefined
  await store[Symbol.asyncDispose]()
  const backup = whileOpen ?? (await place.backUp())

  const again = await place.open()
  const lost = await addVisits(again, key, [3, 4])
  await again[Symbol.asyncDispose]()
  await backup.restore()
  return { key, token, kept, lost }
}

/** Answers to earlier positions: of two visits that were saved and two that were lost (5.4). */
export const answersToKeptAndLost = [200, 200, 'stream_reset', 'stream_reset']

/**
 * Restores, and resets the stream where that is a step of its own. Resolves with the answers to earlier positions, then and after three
 * more visits, and with the ids that a reader gets after the last position that was saved.
 */
export async function readAfterRestore(place: Place) {
  const { key, token, kept, lost } = await startRestored(place)
  const { env } = place
  if (!place.isReset) {
    const reset = await doorstep(['stream', 'reset'], temporaryFolder(), '', env)
    expect(reset).toMatchObject({ status: 0, stdout: expect.stringContaining('after event 2') })
  }
  expect(await doorstep(['doctor'], temporaryFolder(), '', env)).toMatchObject({ status: 0 })

  const { url } = await serveDoorstep(temporaryFolder(), [], env)
  const statusOf = async (position: string) => {
    const query = `position=${encodeURIComponent(position)}`
    const headers = { Authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/v3/visits/stream?${query}`, { headers })
    const code = /"code":"(\w+)"/.exec(await answer.text())?.[1]
    return code ?? answer.status
  }
  const statuses = () => Promise.all([...kept, ...lost].map(statusOf))
  const atOnce = await statuses()

  // The offsets of what was lost are given again, to other events.
  await using store = await place.open()
  const after = await addVisits(store, key, [5, 6, 7])
  const later = await statuses()
  const { stream } = createClient({ url, token })
  const { items, meta } = await stream.read({ position: kept[1] ?? '' })
  expect(meta.position).toBe(after[2])
  return { atOnce, later, readOn: items.map(({ data }) => data.id) }
}

import { afterAll, beforeAll, expect, it } from 'vitest'

import { type CheckIn, type CheckInResult, logCheckIn } from '../domain/check-ins.ts'
import { importRecords } from '../domain/record-imports.ts'
import type { Store } from '../domain/store.ts'
import { newUser } from '../domain/users.ts'
import { addAccount, newEventId, type OpenStore, readAll, start } from './world.contract.ts'

const minuteMs = 60_000
/** Two leads 255 km apart. */
const places = [
  { id: 901, latitude: 52.52, longitude: 13.405 },
  { id: 902, latitude: 53.5511, longitude: 9.9937 },
]

interface Answered {
  readonly data: { readonly id: number; readonly verification: { readonly flags: string[] } }
}

/** What check-ins owe each other that come at once, and may share a transaction. */
export function describeCheckIns(open: OpenStore): void {
  let store: Store
  let account: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Check-ins')
    await store.write(account, async (tx) => {
      const given = { name: 'Bo', email: 'bo@example.com', role: 'user', reportsTo: null } as const
      await tx.users.save([newUser({ ...given, id: 11 }, start)])
      await importRecords(
        tx.leads,
        places.map(({ id, latitude, longitude }) => ({
          id,
          ownerId: 11,
          attributes: JSON.stringify({ id, address: { line1: 'A Street 1', city: 'Town' } }),
          point: { latitude, longitude, precision: 'pin' },
          verificationRadiusM: null,
          createdAt: start,
          updatedAt: start,
        })),
      )
    })
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const checkIn = (n: number, given: Partial<CheckIn> = {}): CheckIn => {
    const place = places[n % 2] ?? { id: 0, latitude: 0, longitude: 0 }
    const at = start + n * minuteMs
    const { latitude, longitude } = place
    return {
      actor: { accountKey: account, userId: 11, isAdmin: false, scopes: [], expiresAt: null },
      draft: {
        resourceKind: 'lead',
        resourceId: place.id,
        outcomeId: null,
        summary: `${n}`,
        visitedAt: undefined,
        device: {
          latitude,
          longitude,
          accuracyM: 12,
          accuracyConfidence: 0.95,
          skewMs: 0,
          fixAt: at,
          capturedAt: at,
        },
      },
      once: { key: `key ${n}`, fingerprint: `body ${n}` },
      includesVerification: true,
      now: at,
      ...given,
    }
  }
  const log = (given: CheckIn): Promise<CheckInResult> => logCheckIn(store, newEventId, given)
  const read = ({ body }: CheckInResult): Answered => JSON.parse(body)

  it('numbers them one after the other, and goes on behind the last (1.10, 5.1)', async () => {
    const before = (await readAll(store, account)).length
    const together = await Promise.all(Array.from({ length: 20 }, (_, n) => log(checkIn(n))))
    const ids = together.map((each) => read(each).data.id)
    expect(ids).toEqual(ids.map((_, n) => (ids[0] ?? 0) + n))
    const later = read(await log(checkIn(20))).data.id
    expect(later).toBe((ids[0] ?? 0) + 20)
    const events = await readAll(store, account)
    expect(events.slice(before).map(({ data }) => data.id)).toEqual([...ids, later])
    expect(await store.check(account)).toEqual([])
  })

  it('sees in each of them those before, also of the same moment (7.1)', async () => {
    const flags = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => {
        const { data } = read(await log(checkIn(100 + n)))
        return data.verification.flags
      }),
    )
    for (const each of flags.slice(1)) expect(each).toContain('impossible_speed')
  })

  it('keeps the others whole where one is refused (6.3)', async () => {
    await log(checkIn(200))
    const jobs = Array.from({ length: 12 }, (_, n) => {
      const other = { once: { key: 'key 200', fingerprint: 'another body' } }
      return log(checkIn(300 + n, n % 4 === 1 ? other : {}))
    })
    const ended = await Promise.allSettled(jobs)
    const refusals = ended.flatMap((each) =>
      each.status === 'rejected' ? [String(each.reason)] : [],
    )
    expect(refusals).toHaveLength(3)
    for (const why of refusals) expect(why).toMatch(/used with another body/)
    const ids = ended.flatMap((each) =>
      each.status === 'fulfilled' ? read(each.value).data.id : [],
    )
    expect(ids).toEqual(ids.map((_, n) => (ids[0] ?? 0) + n))
    const told = (await readAll(store, account)).map(({ data }) => data.id)
    expect(told.slice(-ids.length)).toEqual(ids)
    expect(await store.check(account)).toEqual([])
  })

  it('answers again what shared a commit with others (6.3)', async () => {
    const first = await Promise.all(Array.from({ length: 8 }, (_, n) => log(checkIn(400 + n))))
    const again = await Promise.all(Array.from({ length: 8 }, (_, n) => log(checkIn(400 + n))))
    expect(again).toEqual(first.map((each) => ({ ...each, isReplayed: true })))
  })
}

import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import { type CheckIn, type CheckInResult, logCheckIn } from '../../rules/check-ins.ts'
import { importRecords } from '../../rules/imports/records.ts'
import { importVisits } from '../../rules/imports/visits.ts'
import { addAccount, newEventId, type OpenStore, readAll, start, world } from './example-store.ts'

const minuteMs = 60_000
/** Two leads 255 km apart. */
const places = [
  { id: 901, latitude: 52.52, longitude: 13.405 },
  { id: 902, latitude: 53.5511, longitude: 9.9937 },
]

interface Answered {
  readonly data: { readonly id: number; readonly verification: { readonly flags: string[] } }
}

/** Promises among check-ins that arrive at once and may share a transaction. */
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
      actor: {
        accountKey: account,
        userId: 11,
        isAdmin: false,
        scopes: [],
        expiresAt: null,
        grantHash: null,
        tokenId: null,
      },
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
          isMock: false,
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

  it('numbers them one after the other, and continues after the last (1.10, 5.1)', async () => {
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

  const flagsOf = async (given: CheckIn): Promise<string[]> =>
    read(await log(given)).data.verification.flags

  it('sees in each of them those before it (7.1)', async () => {
    // Days after all other visits, so that only those of this test are near.
    const flags = await Promise.all(
      Array.from({ length: 6 }, (_, n) => flagsOf(checkIn(10_000 + n))),
    )
    expect(flags[0]).not.toContain('impossible_speed')
    for (const each of flags.slice(1)) expect(each).toContain('impossible_speed')
  })

  it('sees the accuracies of those before it (7.1)', async () => {
    const flags = await Promise.all(
      Array.from({ length: 8 }, (_, n) => {
        const given = checkIn(20_000 + 2 * n)
        const { device } = given.draft
        if (!device || 'unavailable' in device) throw new Error('no fix')
        const accuracyM = n === 0 ? 7 : 12.5
        return flagsOf({ ...given, draft: { ...given.draft, device: { ...device, accuracyM } } })
      }),
    )
    const constant = flags.map((each) => each.includes('accuracy_zero_or_constant'))
    expect(constant).toEqual([false, false, false, false, false, false, true, true])
  })

  it('separates accounts, and work that appends no events (5.1)', async () => {
    const first = await log(checkIn(30_000))
    const other = await addAccount(store, 'Others')
    const before = (await readAll(store, account)).length
    const jobs = Array.from({ length: 12 }, (_, n) => {
      const actor = { ...checkIn(0).actor, accountKey: n % 3 === 1 ? other : account }
      return log(checkIn(30_000 + Math.floor(n / 4), { actor }))
    })
    const ended = await Promise.all(jobs)
    const elsewhere = ended.filter((_, n) => n % 3 === 1)
    for (const each of elsewhere) expect(each.problems).toHaveLength(1)
    expect(ended[0]).toEqual({ ...first, isReplayed: true })
    expect(await readAll(store, account)).toHaveLength(before + 2)
    expect(await readAll(store, other)).toEqual([])
    expect(await store.check(account)).toEqual([])
    expect(await store.check(other)).toEqual([])
  })

  it('takes back the numbers of a check-in that fails at its end (1.10)', async () => {
    const id = read(await log(checkIn(40_000))).data.id
    const fail = store.write(
      account,
      async (tx) => {
        await tx.visits.nextId()
        throw new Error('on purpose')
      },
      { isRepeatable: true },
    )
    const [failed, ...others] = await Promise.allSettled([
      fail,
      ...Array.from({ length: 4 }, (_, n) => log(checkIn(40_001 + n))),
    ])
    expect(failed?.status).toBe('rejected')
    const ids = others.flatMap((each) =>
      each.status === 'fulfilled' ? read(each.value).data.id : [],
    )
    expect(ids).toEqual([id + 1, id + 2, id + 3, id + 4])
  })

  it('gives ids above those imported in the same work (1.10)', async () => {
    const [visit] = world
    if (!visit) throw new Error('no visits')
    const far = 3_000_000_000
    const ids = await store.write(account, async (tx) => {
      const before = await tx.visits.nextId()
      await importVisits(tx, [{ ...visit, id: far }], newEventId)
      return [before, await tx.visits.nextId(), await tx.visits.nextId()]
    })
    expect(ids.slice(1)).toEqual([far + 1, far + 2])
    expect(read(await log(checkIn(50_000))).data.id).toBe(far + 3)
  })

  it('logs the others whole when one is refused (6.3)', async () => {
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
    const streamed = (await readAll(store, account)).map(({ data }) => data.id)
    expect(streamed.slice(-ids.length)).toEqual(ids)
    expect(await store.check(account)).toEqual([])
  })

  it('replays an answer that shared a commit with others (6.3)', async () => {
    const first = await Promise.all(Array.from({ length: 8 }, (_, n) => log(checkIn(400 + n))))
    const again = await Promise.all(Array.from({ length: 8 }, (_, n) => log(checkIn(400 + n))))
    expect(again).toEqual(first.map((each) => ({ ...each, isReplayed: true })))
  })
}

import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { databaseFile, readConfig } from '../../src/config.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { type CheckIn, type CheckInResult, logCheckIn } from '../../src/rules/check-ins.ts'
import { CheckInThread } from '../../src/runtime/check-ins/check-in-thread.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open.ts'
import { people, recordItem } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

const atOnce = 16
const leadId = 899

it('logs check-ins of a busy server in a thread, by the same rules (5.5, 6.3, 6.4, 6.5)', async () => {
  const config = { ...readConfig({}), dataDir: temporaryFolder() }
  const store = openSqliteStore({
    file: databaseFile(config),
    clock: Date.now,
    purpose: 'reading',
    onDiskError: (error) => {
      throw error
    },
  })
  await using app = await startApp({ newStore: async () => ({ store, remove: async () => {} }) })
  const { account: accountKey } = app
  await app.import([recordItem('lead', leadId, people.rep)])
  let here = 0
  const woken = new Set<number>()
  await using thread = new CheckInThread(
    config,
    (checkIn) => {
      here++
      return logCheckIn(store, newEventId, checkIn)
    },
    (account) => woken.add(account),
    (error) => {
      throw error
    },
  )
  const checkIn = (key: string, resourceId = leadId): CheckIn => ({
    actor: {
      accountKey,
      userId: people.rep,
      isAdmin: false,
      scopes: ['write'],
      expiresAt: null,
      grantHash: null,
      tokenId: null,
    },
    draft: {
      resourceKind: 'lead',
      resourceId,
      outcomeId: null,
      summary: key,
      visitedAt: undefined,
      device: null,
    },
    once: { key, fingerprint: String(resourceId) },
    includesVerification: false,
    now: Date.now(),
  })
  const answers = new Map<string, CheckInResult>()
  const log = async (key: string) => void answers.set(key, await thread.log(checkIn(key)))

  let rounds = 0
  for (let before = -1; here > before; rounds++) {
    before = here
    await Promise.all(Array.from({ length: atOnce }, (_, at) => log(`${rounds} ${at}`)))
  }

  expect(here).toBe((rounds - 1) * atOnce)
  expect(woken).toEqual(new Set([accountKey]))
  const { stream } = await store.events.read(accountKey, { offset: 0, limit: 1 })
  expect(stream.head).toBe(rounds * atOnce)
  const bodies = [...answers.values()].map(({ body }) => body)
  expect(new Set(bodies).size).toBe(rounds * atOnce)
  const [first] = answers.keys()
  for (const key of [first ?? '', `${rounds - 1} 0`]) {
    const again = await thread.log(checkIn(key))
    expect(again).toEqual({ ...answers.get(key), isReplayed: true })
  }
  const reused = thread.log(checkIn(`${rounds - 1} 0`, leadId + 1))
  await expect(reused).rejects.toThrow(DomainError)
  await expect(reused).rejects.toMatchObject({ code: 'key_reused' })
  const refused = await thread.log(checkIn('new', leadId + 1))
  expect(refused.problems).toMatchObject([{ field: '/resource_id' }])
  const { stream: after } = await store.events.read(accountKey, { offset: 0, limit: 1 })
  expect(after.head).toBe(stream.head)
})

it('logs check-ins without the thread when that cannot start', async () => {
  const config = { ...readConfig({}), dataDir: temporaryFolder() }
  await using _store = openSqliteStore({
    file: databaseFile(config),
    clock: Date.now,
    purpose: 'reading',
    onDiskError: (error) => {
      throw error
    },
  })
  {
    using database = new DatabaseSync(databaseFile(config))
    database.exec("insert into schema_migrations values ('9999_later.sql', 1)")
  }
  const failed = Promise.withResolvers<unknown>()
  const answer = { body: '{}', isReplayed: false, problems: [] }
  const logHere = async (): Promise<CheckInResult> => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return answer
  }
  await using thread = new CheckInThread(config, logHere, () => {}, failed.resolve)
  const checkIn = {} as CheckIn
  const logMany = () => Promise.all(Array.from({ length: atOnce }, () => thread.log(checkIn)))
  expect(await logMany()).toHaveLength(atOnce)
  expect(String(await failed.promise)).toContain('written by a newer Doorstep')
  expect(await logMany()).toHaveLength(atOnce)
})

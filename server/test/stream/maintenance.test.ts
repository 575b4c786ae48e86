import { expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { maintain } from '../../src/rules/maintenance.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { draft, now, send, startWithLead } from '../support/check-in.ts'
import { startApp } from '../support/start.ts'

const hourMs = 3_600_000

const options = {
  fixed: [],
  clock: Date.now,
  retentionMs: 72 * hourMs,
  repLocationMs: 1_000 * hourMs,
  newEventId,
}

it('does all other background work when one step, or what is for all, fails', async () => {
  await using app = await startApp()
  const { store, account, otherAccount } = app
  const broken = new Error('broken')
  const done: number[] = []
  const failing: Store = {
    ...store,
    events: { ...store.events, rotate: () => Promise.reject(broken) },
    visitOutcomes: {
      ...store.visitOutcomes,
      hasRenamed: (of) =>
        of === account ? Promise.reject(broken) : store.visitOutcomes.hasRenamed(of),
    },
    sessions: {
      ...store.sessions,
      drop: async (of, before) => {
        await store.sessions.drop(of, before)
        done.push(of)
      },
    },
  }
  const failures: unknown[] = []
  await maintain(failing, { ...options, onError: (error, of) => void failures.push([error, of]) })
  expect(failures).toEqual([
    [broken, undefined],
    [broken, account],
  ])
  expect(done).toEqual([account, otherAccount])
})

it('removes precise places in time though every other step fails (7.3)', async () => {
  await using app = await startWithLead()
  const { store, account } = app
  const logged = await send(app, 'POST', '/v2/visits', draft())
  const fail = () => Promise.reject(new Error('broken'))
  const failing: Store = {
    ...store,
    search: { ...store.search, isComplete: fail },
    customFields: { ...store.customFields, findSearched: fail },
    visitOutcomes: { ...store.visitOutcomes, hasRenamed: fail, hasMerging: fail },
    events: { ...store.events, drop: fail, redate: fail, rotate: fail },
    sessions: { ...store.sessions, drop: fail },
    oneTimeCodes: { ...store.oneTimeCodes, drop: fail },
    idempotency: { ...store.idempotency, drop: fail },
    oauth: { ...store.oauth, drop: fail },
    locationData: { ...store.locationData, dropLooks: fail },
    audit: { ...store.audit, drop: fail },
    walks: { ...store.walks, dropFormerKeys: fail },
  }
  const failures: unknown[] = []
  await maintain(failing, {
    ...options,
    clock: () => now + 1_001 * hourMs,
    onError: (error, of) => {
      if (of === account) failures.push(error)
    },
  })
  const path = `/v2/visits/${logged.body.data.id}?include=verification`
  const { body } = await send(app, 'GET', path)
  expect(failures).toHaveLength(13)
  expect(body.data.verification.location).toBeNull()
})

it('asks for the claim twice per account, where nothing is to be done', async () => {
  await using app = await startApp()
  const { store } = app
  let asked = 0
  const holdsClaim = async () => {
    asked++
    return true
  }
  const all = { ...options, holdsClaim, onError: (error: unknown) => expect.fail(String(error)) }
  await maintain(store, all)
  asked = 0
  await maintain(store, all)
  const accounts = await store.accounts.list()
  expect(accounts).toHaveLength(2)
  expect(asked).toBe(2 * accounts.length)
})

import { expect, it } from 'vitest'

import { useIndexedDb } from '../../test/support/indexed-db.ts'
import { type ChangedPlan, changedPlanKey } from './changed-plans.ts'
import { addVisitChange } from './changed-visits.ts'
import { openDatabase } from './database.ts'
import { countUnsent, readUnsent } from './unsent.ts'
import { type Proposal, proposalKey } from './waiting-pins.ts'

useIndexedDb()

it('counts edits, requests for a review, plans and pins beside visits', async () => {
  const database = await openDatabase(1, 1, () => {})
  const draft = { resource_type: 'lead', resource_id: 7 } as const
  const row = { addedAt: new Date().toISOString(), draft }
  await database.put('outbox', { ...row, key: 'a', order: 1 })
  await database.put('outbox', { ...row, key: 'b', order: 2, isTakenBack: true })
  await addVisitChange(database, 1, { change: { summary: 'edited' } })
  await addVisitChange(database, 2, { isAsking: true })
  const plan: ChangedPlan = { date: '2026-11-30', stops: [], known: [], change: 'x' }
  await database.put('facts', plan, changedPlanKey(plan.date))
  const place = { latitude: 1, longitude: 2 }
  const pin: Proposal = { key: 'p', name: 'Shop', draft: { ...draft, ...place }, problem: 'No' }
  await database.put('facts', pin, proposalKey(pin))

  expect(countUnsent(await readUnsent(database))).toEqual({
    all: 5,
    refused: 1,
    visits: 1,
    edits: 1,
    requests: 1,
    plans: 1,
    pins: 1,
  })
})

import { createClient } from '@doorstep/client/client'
import type { Visit } from '@doorstep/contract/visits'
import { expect, it } from 'vitest'

import { useIndexedDb } from '../../test/support/indexed-db.ts'
import { addVisitChange, readChangedVisits, sendVisitChange } from './changed-visits.ts'
import { openDatabase } from './database.ts'

useIndexedDb()

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** What a phone holds, and a client whose server answers with `answer`. */
async function setUp(answer: () => Answer | Promise<Answer>) {
  const database = await openDatabase(1, 1, () => {})
  const client = createClient({
    url: 'https://doorstep.example',
    token: 'test',
    retry: { attemptsMax: 1 },
    fetch: async () => {
      const { status, body } = await answer()
      return Response.json(body, { status })
    },
  })
  const saved: Partial<Visit>[] = []
  const send = async () => {
    const [waiting] = await readChangedVisits(database)
    if (!waiting) throw new Error('Nothing waits')
    const onSaved = (_id: number, part: Partial<Visit>) => void saved.push(part)
    return sendVisitChange({ database, client, onSaved }, waiting)
  }
  return { database, saved, send }
}

const visit = { id: 7, outcome_id: 1, summary: 'first' }
const accepted = { status: 200, body: { data: visit, meta: { type: 'visit' } } }
const errorOf = (code: string) => ({ errors: [{ error: { code, message: code, details: code } }] })

it('keeps a change that was made while the one before it was sent', async () => {
  const phone = await setUp(async () => {
    await addVisitChange(phone.database, 7, { change: { summary: 'second' } })
    return accepted
  })
  await addVisitChange(phone.database, 7, { change: { summary: 'first', outcome_id: 1 } })

  expect(await phone.send()).toBe(true)

  expect(phone.saved).toMatchObject([{ summary: 'first' }])
  expect(await readChangedVisits(phone.database)).toMatchObject([
    { change: { summary: 'second', outcome_id: 1 }, problem: null },
  ])
})

it('keeps a change that was made while the server refused the one before it', async () => {
  const phone = await setUp(async () => {
    await addVisitChange(phone.database, 7, { change: { outcome_id: 2 } })
    return { status: 422, body: errorOf('validation') }
  })
  await addVisitChange(phone.database, 7, { change: { outcome_id: 99 } })

  expect(await phone.send()).toBe(true)

  expect(await readChangedVisits(phone.database)).toMatchObject([
    { change: { outcome_id: 2 }, problem: null },
  ])
})

it('removes a change that the server has', async () => {
  const phone = await setUp(() => accepted)
  await addVisitChange(phone.database, 7, { change: { summary: 'first' } })

  expect(await phone.send()).toBe(true)

  expect(await readChangedVisits(phone.database)).toEqual([])
})

it.for([
  { status: 401, body: errorOf('unauthorized'), goesOn: false },
  { status: 403, body: '<h1>A proxy</h1>', goesOn: false },
  { status: 429, body: errorOf('rate_limited'), goesOn: false },
  { status: 500, body: errorOf('internal'), goesOn: true },
  { status: 502, body: '<h1>A proxy</h1>', goesOn: false },
  { status: 503, body: errorOf('unavailable'), goesOn: false },
])('sends again what failed with $status', async ({ goesOn, ...answer }) => {
  const phone = await setUp(() => answer)
  await addVisitChange(phone.database, 7, { isAsking: true })

  expect(await phone.send()).toBe(goesOn)

  expect(await readChangedVisits(phone.database)).toMatchObject([{ isAsking: true, problem: null }])
})

it('does not send again what the server refused', async () => {
  const phone = await setUp(() => ({ status: 403, body: errorOf('forbidden') }))
  await addVisitChange(phone.database, 7, { isAsking: true })

  expect(await phone.send()).toBe(true)

  const [waiting] = await readChangedVisits(phone.database)
  expect(waiting?.problem).toEqual(expect.any(String))
})

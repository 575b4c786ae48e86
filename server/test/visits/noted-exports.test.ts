import { expect, it, vi } from 'vitest'

import { DomainError } from '../../src/domain/errors.ts'
import { entriesOf } from '../support/audit.ts'
import { visitItems } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'
import { until } from '../support/until.ts'

const noted = { action: ['exported', 'location_data_downloaded'] }

it('of exports that begin at once, only those that find room are noted (10.6, 10.20)', async () => {
  await using app = await startApp()
  await app.import(visitItems(3))
  const { walk } = app.store.visits
  vi.spyOn(app.store.visits, 'walk').mockImplementation(async (account, asked) => ({
    ...(await walk(account, { ...asked, fromId: 0 })),
    nextId: 1,
  }))

  const { add } = app.store.audit
  const gate = Promise.withResolvers<void>()
  const noting = vi.spyOn(app.store.audit, 'add').mockImplementation(async (...entry) => {
    await gate.promise
    return add(...entry)
  })

  const stopping = new AbortController()
  const refused: Response[] = []
  const begun = Array.from({ length: 6 }, async () => {
    const answer = await app.fetch('/v2/visits/export', { signal: stopping.signal })
    if (answer.status === 429) refused.push(answer)
    return answer.status
  })
  await until(async () => refused.length === 3 || noting.mock.calls.length === 6)
  gate.resolve()

  expect((await Promise.all(begun)).toSorted()).toEqual([200, 200, 200, 429, 429, 429])
  expect(await entriesOf(app, noted)).toHaveLength(3)
  stopping.abort()
})

it('a store that cannot be written holds up nobody who takes data with them (10.6, 10.20)', async () => {
  await using app = await startApp()
  const full = new DomainError('unavailable', 'The disk is full. Make room, then try again.')
  vi.spyOn(app.store.audit, 'add').mockRejectedValue(full)

  const exported = await app.fetch('/v2/leads/export?format=ndjson')
  expect([exported.status, await exported.text()]).toEqual([
    200,
    expect.stringContaining('"count":0'),
  ])
  const { data } = await app.client.locationData.get({ download: true })
  expect(data.looks).toEqual([])

  for (const what of ['an export', 'a download']) {
    const lines = app.log.filter((line) => line.includes(`${what} could not be noted`))
    expect(lines).toEqual([expect.stringContaining('The disk is full.')])
  }
  vi.restoreAllMocks()
  expect(await entriesOf(app, noted)).toEqual([])
})

it('an entry that fails otherwise is an error, and nothing is taken (10.20)', async () => {
  await using app = await startApp()
  vi.spyOn(app.store.audit, 'add').mockRejectedValue(new Error('a bug'))
  for (const path of ['/v2/leads/export', '/v2/users/self/location_data?download=true']) {
    expect((await app.fetch(path)).status).toBe(500)
  }
})

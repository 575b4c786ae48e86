import { expect, test } from 'vitest'

import { sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { printQuery } from './query.ts'

test('ids are sent as 1,2 and undefined parameters are not sent (PROTOCOL 3.6)', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token }).visits.list({
    ids: [1, 2],
    outcome_id: undefined,
    sort_by: 'visited_at:desc',
    rep_location_verification_status: 'verified',
  })

  expect(server.seen[0]?.query).toEqual({
    ids: '1,2',
    sort_by: 'visited_at:desc',
    rep_location_verification_status: 'verified',
  })
})

test('times, places and several values are sent as the API reads them (PROTOCOL 4.5)', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token }).visits.list({
    visited_at: { gte: '2026-03-01T00:00:00+01:00' },
    near: [52.5, -13.4, 500],
    outcome_id: [33, 34],
    creator_id: 7,
    include: ['resource', 'creator'],
    include_total: true,
  })

  expect(server.seen[0]?.query).toEqual({
    'visited_at[gte]': '2026-03-01T00:00:00+01:00',
    near: '52.5,-13.4,500',
    outcome_id: '33,34',
    creator_id: '7',
    include: 'resource,creator',
    include_total: 'true',
  })
})

test('text arrives unchanged', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token }).users.list({
    name: 'Zoë & Söhne =+%2',
    confirmed: false,
  })

  expect(server.seen[0]?.query).toEqual({ name: 'Zoë & Söhne =+%2', confirmed: 'false' })
})

test('an empty list of ids is sent, since it is not the same as no filter', () => {
  expect(printQuery({ ids: [] })).toBe('?ids=')
})

test('a query without parameters is empty', () => {
  expect(printQuery({ page: undefined })).toBe('')
})

test('each member of an object is a parameter (PROTOCOL 9.1.2)', () => {
  const query = { address: { city: 'Bad Orb', state: undefined }, custom_fields: { sku: 'ä&b' } }

  expect(decodeURIComponent(printQuery(query))).toBe(
    '?address[city]=Bad+Orb&custom_fields[sku]=ä&b',
  )
  expect(printQuery({ address: {} })).toBe('')
})

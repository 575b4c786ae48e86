import { expect, test } from 'vitest'

import { sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { printQuery } from './query.ts'

test('ids arrive as 1,2 and what is undefined does not arrive (PROTOCOL 3.6)', async () => {
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

test('text arrives as it was given', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token }).users.list({
    name: 'Zoë & Söhne =+%2',
    confirmed: false,
  })

  expect(server.seen[0]?.query).toEqual({ name: 'Zoë & Söhne =+%2', confirmed: 'false' })
})

test('no ids are not the same as no filter: the server refuses them', () => {
  expect(printQuery({ ids: [] })).toBe('?ids=')
})

test('nothing asked for is no query at all', () => {
  expect(printQuery({ page: undefined })).toBe('')
})

test('members of objects are parameters of their own (PROTOCOL 9.1)', () => {
  const query = { address: { city: 'Bad Orb', state: undefined }, custom_fields: { sku: 'ä&b' } }

  expect(decodeURIComponent(printQuery(query))).toBe(
    '?address[city]=Bad+Orb&custom_fields[sku]=ä&b',
  )
  expect(printQuery({ address: {} })).toBe('')
})

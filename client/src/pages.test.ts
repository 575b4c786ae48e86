import { expect, test } from 'vitest'

import { type LocalServer, sendError, sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { InvalidRequestError } from './errors.ts'

/** Three pages of two visits each, by number or by a cursor that is the number of the page. */
const startPages = () =>
  startServer((response, { query: { page, cursor } }) => {
    if (cursor === undefined) return sendJson(response, visitPage(Number(page), 3, 2))
    return sendJson(response, walkedPage(Number(cursor === '' ? 1 : cursor)))
  })

function walkedPage(page: number) {
  const { items, meta } = visitPage(page, 3, 2)
  return { items, meta: { ...meta, links: {}, ...(page < 3 && { next_cursor: `${page + 1}` }) } }
}

const clientOf = ({ url }: LocalServer) => createClient({ url, token })
const requestedPages = ({ seen }: LocalServer) => seen.map(({ query }) => query.page)

test('pages are read until one has no next_page', async () => {
  await using server = await startPages()

  const pages = await Array.fromAsync(clientOf(server).savedViews.pages())

  expect(pages).toEqual([visitPage(1, 3, 2), visitPage(2, 3, 2), visitPage(3, 3, 2)])
  expect(requestedPages(server)).toEqual(['1', '2', '3'])
})

test('pages of long lists are read by the cursor, until there is none (4.5)', async () => {
  await using server = await startPages()
  const { visits, leads, contacts, users, customers } = clientOf(server)

  for (const list of [visits, leads, contacts, users, customers]) {
    const pages = await Array.fromAsync<unknown>(list.pages({ per_page: 2 }))
    expect(pages).toEqual([1, 2, 3].map(walkedPage))
  }

  expect(server.seen.slice(0, 3).map(({ query }) => query)).toEqual([
    { per_page: '2', cursor: '' },
    { per_page: '2', cursor: '2' },
    { per_page: '2', cursor: '3' },
  ])
})

test('a walk goes on from the cursor that the caller kept (4.5)', async () => {
  await using server = await startPages()
  const { visits } = clientOf(server)

  const pages = await Array.fromAsync(visits.pages({ cursor: '2' }))
  const rest = await Array.fromAsync(visits.each({ cursor: '3' }))

  expect(pages).toEqual([2, 3].map(walkedPage))
  expect(rest.map(({ id }) => id)).toEqual([5, 6])
})

test('pages start at the requested page and keep the rest of the query', async () => {
  await using server = await startPages()

  await Array.fromAsync(clientOf(server).visits.pages({ page: 2, per_page: 2, creator_id: 9 }))

  expect(server.seen.map(({ query }) => query)).toEqual([
    { page: '2', per_page: '2', creator_id: '9' },
    { page: '3', per_page: '2', creator_id: '9' },
  ])
})

test('the next page is requested only when the caller wants it', async () => {
  await using server = await startPages()

  for await (const page of clientOf(server).visits.pages()) {
    expect(page.meta.count).toBe(2)
    break
  }

  expect(server.seen).toHaveLength(1)
})

test('each yields the data of every object, read in the largest pages', async () => {
  await using server = await startPages()
  const client = clientOf(server)

  const visits = await Array.fromAsync(client.visits.each({ creator_id: 9 }))
  await Array.fromAsync(client.users.each({ per_page: 5 }))
  await Array.fromAsync(client.outcomes.each())

  expect(visits.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
  expect(server.seen.map(({ path, query }) => [path, query])).toEqual([
    ...['', '2', '3'].map((cursor) => [
      '/v2/visits',
      { cursor, per_page: '1000', creator_id: '9' },
    ]),
    ...['', '2', '3'].map((cursor) => ['/v2/users', { cursor, per_page: '5' }]),
    ...['1', '2', '3'].map((page) => ['/v2/visit_outcomes', { page, per_page: '200' }]),
  ])
})

test('an empty collection yields one empty page, and each yields nothing', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))
  const client = clientOf(server)

  expect(await Array.fromAsync(client.visits.pages())).toHaveLength(1)
  expect(await Array.fromAsync(client.visits.each())).toEqual([])
})

test('a failed page ends the iteration with its error', async () => {
  await using server = await startServer((response, { query }) =>
    query.cursor === ''
      ? sendJson(response, walkedPage(1))
      : sendError(response, 400, 'invalid_param'),
  )
  const ids: number[] = []
  const readAll = async () => {
    for await (const { id } of clientOf(server).visits.each()) ids.push(id)
  }

  await expect(readAll()).rejects.toBeInstanceOf(InvalidRequestError)
  expect(ids).toEqual([1, 2])
})

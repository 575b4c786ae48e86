import { expect, test } from 'vitest'

import { type LocalServer, sendError, sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { InvalidRequestError } from './errors.ts'

/** Three pages of two visits each. */
const startPages = () =>
  startServer((response, { query }) => sendJson(response, visitPage(Number(query.page), 3, 2)))

const clientOf = ({ url }: LocalServer) => createClient({ url, token })
const requestedPages = ({ seen }: LocalServer) => seen.map(({ query }) => query.page)

test('pages are read until one has no next_page', async () => {
  await using server = await startPages()

  const pages = await Array.fromAsync(clientOf(server).visits.pages())

  expect(pages).toEqual([visitPage(1, 3, 2), visitPage(2, 3, 2), visitPage(3, 3, 2)])
  expect(requestedPages(server)).toEqual(['1', '2', '3'])
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

  expect(requestedPages(server)).toEqual(['1'])
})

test('each yields the data of every object, read in the largest pages', async () => {
  await using server = await startPages()
  const client = clientOf(server)

  const visits = await Array.fromAsync(client.visits.each({ creator_id: 9 }))
  await Array.fromAsync(client.outcomes.each())
  await Array.fromAsync(client.users.each({ per_page: 5 }))

  expect(visits.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
  expect(server.seen.map(({ path, query }) => [path, query.page, query.per_page])).toEqual([
    ...['1', '2', '3'].map((page) => ['/v2/visits', page, '100']),
    ...['1', '2', '3'].map((page) => ['/v2/visit_outcomes', page, '200']),
    ...['1', '2', '3'].map((page) => ['/v2/users', page, '5']),
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
    query.page === '1'
      ? sendJson(response, visitPage(1, 3, 2))
      : sendError(response, 400, 'invalid_param'),
  )
  const ids: number[] = []
  const readAll = async () => {
    for await (const { id } of clientOf(server).visits.each()) ids.push(id)
  }

  await expect(readAll()).rejects.toBeInstanceOf(InvalidRequestError)
  expect(ids).toEqual([1, 2])
})

import type { Client } from '@doorstep/client/client'
import type { Errors } from '@doorstep/contract/errors'
import type { StreamPage } from '@doorstep/contract/stream'

import { visitItems } from './sell-items.ts'
import { startApp, type TestApp } from './start.ts'

export const path = '/v3/visits/stream'

/** A position as PROTOCOL 5.4 composes it. */
export const position = (generation: number, offset: number): string =>
  btoa(`firehose.visit.by_account,${generation},${offset}`)

export const idsOf = ({ items }: Pick<StreamPage, 'items'>) => items.map(({ data }) => data.id)

export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

export const drain = async ({ stream }: Client, from = 'tail', limit = 100) => {
  const pages = stream.follow({ position: from, limit, untilTop: true })
  return (await Array.fromAsync(pages)).flatMap(({ events }) => events)
}

export async function startWithVisits(count: number): Promise<TestApp> {
  const app = await startApp()
  await app.import(visitItems(count))
  return app
}

export const refusalOf = async (app: TestApp, query: string) => {
  const response = await app.fetch(`${path}${query}`)
  const { errors } = (await response.json()) as Errors
  return {
    status: response.status,
    codes: errors.map(({ error }) => error.code),
    details: errors.map(({ error }) => error.details),
  }
}

import type { TestApp } from './start.ts'

/** The newest entries as the admin reads them. */
export const entriesOf = async (app: TestApp, query: object = {}) =>
  (await app.client.audit.list(query)).items.map(({ data }) => data)

/** What was noted while `work` ran, the oldest first, without what every entry has. */
export async function notedBy(app: TestApp, work: () => Promise<unknown>) {
  const [last] = await entriesOf(app, { per_page: 1 })
  await work()
  const entries = await entriesOf(app, { per_page: 100 })
  const noted = entries.filter(({ id }) => id > (last?.id ?? 0))
  return noted.map(({ id: _id, at: _at, ...entry }) => entry).toReversed()
}

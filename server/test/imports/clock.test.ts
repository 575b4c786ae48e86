import { expect, it } from 'vitest'

import { take } from '../support/sent-files.ts'
import { startApp } from '../support/start.ts'

it('an import of files, and what it makes, is dated by the clock of the server (1.7, 10.18)', async () => {
  const now = Date.UTC(2031, 2, 1, 8)
  await using app = await startApp({ clock: () => now, hasFileImports: true })
  const rows =
    'visited_at,creator,lead_id,outcome\n2026-05-01,Ida Former,1,Sampled\n2026-05-02,Ida Former,,Sampled\n'

  const done = await take(app.client, 'visits.csv', rows, {
    unknown_user: 'inactive',
    unknown_outcome: 'create',
  })
  const users = await app.client.users.list()
  const made = users.items.find(({ data }) => data.name === 'Ida Former')
  const outcomes = await app.client.outcomes.list()
  const outcome = outcomes.items.find(({ data }) => data.name === 'Sampled')
  const rejected = await app.client.imports.rejected(done.id)

  const time = '2031-03-01T08:00:00'
  expect(done).toMatchObject({
    started_at: `${time}Z`,
    updated_at: `${time}Z`,
    finished_at: `${time}Z`,
    counts: { created: 1, rejected: 1 },
  })
  expect(made?.data.created_at).toBe(`${time}Z`)
  expect(outcome?.data.created_at).toBe(`${time}.000Z`)
  expect(rejected.items.map(({ data }) => data.at)).toEqual([`${time}Z`])
})

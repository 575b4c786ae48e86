import { afterAll, beforeAll, expect, it } from 'vitest'

import { visitItem } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { readByCursor } from '../support/walk.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

const query = { sort_by: 'visited_at:asc', per_page: '20' }

const at = (minutes: number): string => new Date(Date.UTC(2026, 4, 9, 8, minutes)).toISOString()

let imports = 0

/** Imports visits, one a minute; most of them at the minute `moved`, if it is given. */
const importVisits = (count: number, moved?: number) => {
  imports++
  return app.import(
    Array.from({ length: count }, (_, n) =>
      visitItem({
        id: n + 1,
        visited_at: at(moved !== undefined && n % 8 < 6 ? moved : n),
        updated_at: at(10_000 + imports),
      }),
    ),
  )
}

// PostgreSQL gathers statistics when it likes: here of few visits or of none, which are then many.
it.each([
  ['few', 30],
  ['no', 0],
])(
  'a walk goes on while an import changes most visits, with statistics of %s visits (4.5)',
  async (_, few) => {
    // So often, because a prepared statement is planned with its values first, and later for any.
    for (let round = 0; round < 8; round++) {
      await importVisits(1_600)
      await importVisits(1_600, 900)
      await app.change(`delete from visits where id > ${few}; delete from former_keys`)
      await importVisits(few, 901)
      await app.change('analyze')
      await app.change('delete from former_keys')
      await importVisits(1_600)

      const first = await readByCursor(app, '/v2/visits', query, '')
      for (const moved of [50, 51]) await importVisits(1_600, moved)
      const second = await readByCursor(app, '/v2/visits', query, first.next ?? '')
      expect([...first.ids, ...second.ids]).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    }
  },
)

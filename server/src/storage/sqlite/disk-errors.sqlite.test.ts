import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../../test/support/temporary.ts'
import { migrate } from './migrate.ts'
import { openSqliteStore } from './open.ts'

it.each([false, true])(
  'reports a disk that fails during a work, and does not retry the work (repeatable: %s)',
  async (isRepeatable) => {
    const reported: Error[] = []
    await using store = openSqliteStore({
      file: join(temporaryFolder(), 'doorstep.db'),
      purpose: 'reading',
      clock: Date.now,
      onDiskError: (error) => void reported.push(error),
    })
    const account = await store.accounts.add({
      name: 'Acme',
      currency: 'EUR',
      timeFormat: '24H',
      timezone: 'UTC+00:00',
      phone: null,
      subdomain: null,
      createdAt: 0,
      updatedAt: 0,
    })
    const failure = Object.assign(new Error('The disk has failed'), { errcode: 778 })
    let runs = 0
    const written = store.write(
      account,
      async () => {
        if (++runs === 1) throw failure
      },
      { isRepeatable },
    )
    await expect(written).rejects.toThrow('The disk has failed')
    expect({ runs, reported }).toEqual({ runs: 1, reported: [failure] })
  },
)

it.each([1, 5, 20, 60])(
  'reports a disk that is full after %i pages while tables are created, and creates none',
  (pages) => {
    using database = new DatabaseSync(join(temporaryFolder(), 'doorstep.db'))
    database.exec(`pragma max_page_count = ${pages}`)
    expect(() => migrate(database)).toThrow('database or disk is full')
    expect(database.isTransaction).toBe(false)
    expect(database.prepare('select name from sqlite_schema').all()).toEqual([])
  },
)

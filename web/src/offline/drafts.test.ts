import { openDB } from 'idb'
import { expect, it, vi } from 'vitest'

import { useIndexedDb } from '../../test/support/indexed-db.ts'
import { type LogDraft, openDatabase } from './database.ts'
import { Drafts } from './drafts.ts'

useIndexedDb()

const draftOf = (note: string): LogDraft => ({
  resourceType: 'lead',
  resourceId: 7,
  outcomeId: null,
  note,
  reason: null,
  at: Date.now(),
})

async function setUp() {
  vi.stubGlobal('document', new EventTarget())
  const onOutdated = vi.fn<() => void>()
  const database = await openDatabase(1, 1, onOutdated)
  return { database, drafts: new Drafts(database), onOutdated }
}

it('writes what was typed before another tab brings a newer version of the database', async () => {
  const { database, drafts, onOutdated } = await setUp()
  drafts.keep('lead:7', draftOf('typed just now'))

  const newer = await openDB(database.name, 2)

  expect(onOutdated).toHaveBeenCalledOnce()
  expect(await newer.get('drafts', 'lead:7')).toMatchObject({ note: 'typed just now' })
  newer.close()
})

it('has what could not be written', async () => {
  const { database, drafts } = await setUp()
  database.close()
  drafts.keep('lead:7', draftOf('typed too late'))

  await expect(drafts.write()).rejects.toThrow('not allowed')

  expect(await drafts.read('lead:7')).toMatchObject({ note: 'typed too late' })
})

it('writes what was typed while the text before it was written', async () => {
  const { database, drafts } = await setUp()
  drafts.keep('lead:7', draftOf('first'))
  const writing = drafts.write()
  drafts.keep('lead:7', draftOf('second'))
  await writing
  await drafts.write()

  expect(await database.get('drafts', 'lead:7')).toMatchObject({ note: 'second' })
})

it('finds the draft that was worked on last, and the one before beside it', async () => {
  const { drafts } = await setUp()
  drafts.keep('lead:7', { ...draftOf('before'), at: Date.now() - 1_000 })
  drafts.keep('lead:8', { ...draftOf('last'), resourceId: 8 })

  expect(await drafts.latest()).toMatchObject({ note: 'last' })
  expect(await drafts.latest('lead:8')).toMatchObject({ note: 'before' })
  expect(await drafts.latest('lead:7')).toMatchObject({ note: 'last' })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { useIndexedDb } from '../../test/support/indexed-db.ts'

const session = { user: { id: 7, created_at: '2026-03-02T09:00:00Z' } }

useIndexedDb()

beforeEach(() => {
  const page = { hidden: true, documentElement: { dataset: {} }, addEventListener: () => {} }
  vi.stubGlobal('document', page)
  vi.stubGlobal('location', { origin: 'https://doorstep.example' })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('localStorage', { getItem: () => JSON.stringify({ accountId: 1, session }) })
})

afterEach(() => void vi.restoreAllMocks())

it('is opened anew after it could not be opened, and then once', async () => {
  // Its modules look at the page as they are loaded.
  const { phoneStore, closePhoneStore } = await import('./phone.ts')
  const close = vi.spyOn(IDBDatabase.prototype, 'close')
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementationOnce(() => {
    throw new Error('not read')
  })
  await expect(phoneStore()).rejects.toThrow('not read')
  expect(close).toHaveBeenCalledTimes(1)

  const store = await phoneStore()
  expect(await phoneStore()).toBe(store)
  closePhoneStore()
  await expect.poll(() => close.mock.calls.length).toBe(2)
})

it('leaves nothing open after something on it could not begin', async () => {
  const { phoneStore, closePhoneStore } = await import('./phone.ts')
  const { queryClient } = await import('../api/query-client.ts')
  const subscribe = vi.spyOn(queryClient.getQueryCache(), 'subscribe')
  const close = vi.spyOn(IDBDatabase.prototype, 'close')
  vi.spyOn(globalThis, 'BroadcastChannel').mockImplementationOnce(function () {
    throw new Error('no channel')
  })
  await expect(phoneStore()).rejects.toThrow('no channel')
  expect(subscribe).toHaveBeenCalledTimes(1)
  expect(queryClient.getQueryCache().hasListeners()).toBe(false)
  expect(close).toHaveBeenCalledTimes(1)

  await phoneStore()
  closePhoneStore()
  await expect.poll(() => close.mock.calls.length).toBe(2)
})

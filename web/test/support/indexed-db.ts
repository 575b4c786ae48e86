import * as fake from 'fake-indexeddb'
import { afterEach, beforeEach, vi } from 'vitest'

/** Gives each test of a file an empty IndexedDB in memory, and takes it away: files share the globals. */
export function useIndexedDb(): void {
  beforeEach(() => {
    for (const [name, value] of Object.entries(fake)) {
      if (name.startsWith('IDB')) vi.stubGlobal(name, value)
    }
    vi.stubGlobal('indexedDB', new fake.IDBFactory())
  })
  afterEach(() => void vi.unstubAllGlobals())
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

import { openStore } from './open.ts'
import { describeStore } from './store.contract.ts'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describeStore('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-store-'))
  folders.push(folder)
  let now = Date.UTC(2026, 0, 5, 8)
  const store = openStore({
    file: join(folder, 'doorstep.db'),
    mainly: 'reading',
    clock: () => now,
    onDiskError: (error) => {
      throw error
    },
  })
  return { store, setTime: (ms) => void (now = ms) }
})

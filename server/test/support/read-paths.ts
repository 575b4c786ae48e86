import { operations } from '@doorstep/contract/api'

import type { FilesProgress } from '../../src/domain/files-progress.ts'
import { claimImport } from '../../src/importer/sell/claim.ts'
import {
  accountItem,
  namedItems,
  outcomeItem,
  people,
  recordItem,
  visitItems,
} from './sell-items.ts'
import type { TestApp } from './start.ts'

/** Adds what the paths of `readPaths` name. */
export async function addReadObjects(app: TestApp, visits = 12): Promise<void> {
  await app.import([
    accountItem(),
    outcomeItem({ id: 1 }),
    recordItem('lead', 1, people.rep),
    recordItem('contact', 1, people.rep),
    ...visitItems(visits),
    ...namedItems(),
  ])
  const claimant = {
    runner: 'host 1 a',
    isAlive: () => false,
    clock: Date.now,
    by: 'server' as const,
  }
  const claimed = await claimImport(
    app.store,
    app.account,
    'sell',
    'https://sell.example',
    claimant,
  )
  const progress = { ...claimed.progress, files: fileWithRejectedRows }
  await app.store.write(app.account, (tx) => tx.imports.save({ ...claimed, progress }))
}

const fileWithRejectedRows: FilesProgress = {
  isDryRun: false,
  bytes: 10,
  bytesRead: 10,
  files: [{ name: 'visits.csv', rejected: 1, header: 'id,visited_at' }],
  notTaken: [],
  unclearNames: [],
  made: { users: [], outcomes: [] },
  first: [],
}

/** What a path cannot be read without. */
const required: Readonly<Record<string, string>> = {
  '/v3/visits/stream': '?position=tail',
  '/v2/visits/changes': '?position=tail',
  '/v2/search': '?q=a',
  '/v2/map/visits': '?zoom=3',
  '/v2/map/customers': '?zoom=3',
  '/v2/visit_reports': '?group_by=day',
}

/** The path of an operation, with the ids and parameters of an object that is there. */
export function readablePath(path: string): string {
  const id = path.startsWith('/v2/users/') ? people.rep : 1
  const named = path
    .replace(':id', String(id))
    .replace(':resource_type', 'lead')
    .replace(':date', '2026-05-09')
  return `${named}${required[path] ?? ''}`
}

/** What GET answers. */
export const readPaths: readonly string[] = operations
  .filter(({ method }) => method === 'GET')
  .map(({ path }) => readablePath(path))

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Client, createClient } from '@doorstep/client/client'
import type { FileImportOptions } from '@doorstep/client/file-imports'
import { expect } from 'vitest'

import { doorstep, serveDoorstep } from './doorstep.ts'
import { outcomeItem, userItem } from './sell-items.ts'
import { temporaryFolder } from './temporary.ts'
import { until } from './until.ts'

/** A server with two people and an outcome, and functions that send it files. */
export async function serveTeam() {
  const dataDir = temporaryFolder()
  const served = await serveDoorstep(dataDir)
  const client = createClient({ url: served.url, token: served.token })
  const items = [
    userItem({ id: 61, name: 'Renée Löw', email: 'renee@acme.example' }),
    userItem({ id: 62, name: 'Bo Tan', email: 'bo@acme.example' }),
    outcomeItem({ id: 71, name: 'Sold' }),
  ]
  writeFileSync(join(dataDir, 'team.json'), JSON.stringify(items))
  expect((await doorstep(['import', 'json', join(dataDir, 'team.json')], dataDir)).status).toBe(0)
  return { ...served, dataDir, client }
}

/** A file to send. */
export const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => ({
  name,
  content: new Blob([content]),
})

/** Sends a file and waits for the end of its import. */
export async function take(
  client: Client,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  options: FileImportOptions = {},
) {
  const { data } = await client.imports.startFiles([file(name, content)], options)
  return untilEnded(client, data.id)
}

/** Waits for the end of an import, and answers it. */
export async function untilEnded(client: Client, id: number) {
  await until(async () => !(await client.imports.get(id)).data.is_running)
  return (await client.imports.get(id)).data
}

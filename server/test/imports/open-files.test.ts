import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { startApp } from '../support/start.ts'
import { until } from '../support/until.ts'

const descriptors = '/proc/self/fd'

/** Files that were sent and that this process has open. */
const openUploads = (): string[] =>
  readdirSync(descriptors).flatMap((name) => {
    try {
      const path = readlinkSync(`${descriptors}/${name}`)
      return path.includes('/uploads/') ? [path] : []
    } catch {
      return []
    }
  })

it.skipIf(!existsSync(descriptors))(
  'a preview closes the files of which it reads the first rows only (10.18)',
  async () => {
    await using app = await startApp({ hasFileImports: true })
    const rows = Array.from({ length: 60_000 }, (_, n) => `Shop ${n},Ulm,${Math.sin(n)}\n`).join('')
    const text = `name,city,external_id\n${rows}`
    const files = [
      { name: 'contacts.csv', content: new Blob([text]) },
      { name: 'contacts.csv.gz', content: new Blob([gzipSync(text)]) },
      { name: 'contacts.2.csv', content: new Blob([text]) },
    ]
    const { data } = await app.client.imports.previewFiles(files, {})
    expect(data.files.map(({ problem, is_whole }) => [problem, is_whole])).toEqual(
      files.map(() => [null, false]),
    )
    const none = { kind: 'contact' as const, map: { name: ['Nothing'] } }
    const refused = await app.client.imports.previewFiles(files, none)
    expect(refused.data.files[0]?.problem).toContain('has no column')
    await until(() => openUploads().length === 0)
  },
)

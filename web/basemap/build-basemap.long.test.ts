import { execFile } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

const megabytesMax = 400

const build = (folder: string) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'build-basemap.ts'), folder])

it('the map is made once, with little memory, and again when its file is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'basemap-'))
  const file = join(folder, 'world.mbtiles')
  try {
    const first = await build(folder)
    const { mtimeMs } = statSync(file)
    const second = await build(folder)

    const memory = Number(/(\d+) MB of memory/.exec(first.stderr)?.[1])
    expect(memory).toBeGreaterThan(50)
    expect(memory).toBeLessThan(megabytesMax)
    expect([second.stderr, statSync(file).mtimeMs]).toEqual(['', mtimeMs])
    expect(readdirSync(folder).toSorted()).toEqual(['world.fingerprint', 'world.mbtiles'])
    using db = new DatabaseSync(file, { readOnly: true })
    expect(db.prepare('select count(*) as tiles from tiles').get()).toEqual({ tiles: 11_318 })
    rmSync(file)
    await build(folder)
    expect(existsSync(file)).toBe(true)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const visit = (id: number, more: object = {}) => ({
  data: {
    id,
    creator_id: 7,
    outcome_id: null,
    resource_type: 'lead',
    resource_id: 70,
    visited_at: '2026-05-09T07:30:16.000Z',
    resource_address: null,
    rep_location_verification_status: 'verified',
    summary: `visit ${id}`,
    created_at: '2026-05-09T07:30:16.000Z',
    updated_at: '2026-05-09T07:30:16.000Z',
    ...more,
  },
  meta: { type: 'visit' },
})

describe('doorstep import json', () => {
  it('reads files, folders, gzip and standard input, and changes nothing the second time', async () => {
    const dataDir = await newDataDir()
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ items: [visit(1)], meta: {} }, null, 2))
    writeFileSync(
      join(folder, 'b.ndjson'),
      `${JSON.stringify(visit(2))}\n${JSON.stringify(visit(3))}`,
    )
    writeFileSync(join(folder, 'c.gz'), gzipSync(JSON.stringify(visit(4))))
    const first = await doorstep(['import', 'json', folder, '--json'], dataDir)
    expect(JSON.parse(first.stdout)).toMatchObject({ read: 4, created: 4, rejected: 0 })
    const second = await doorstep(['import', 'json', folder, '--json'], dataDir)
    expect(JSON.parse(second.stdout)).toMatchObject({ read: 4, created: 0, unchanged: 4 })
    const piped = JSON.stringify(
      visit(4, { summary: 'new', updated_at: '2026-06-01T00:00:00.000Z' }),
    )
    const third = await doorstep(['import', 'json', '-', '--json'], dataDir, piped)
    expect(JSON.parse(third.stdout)).toMatchObject({ read: 1, updated: 1 })
    const { stdout, status } = await doorstep(['doctor', '--json'], dataDir)
    expect({ status, findings: JSON.parse(stdout).findings }).toEqual({ status: 0, findings: [] })
  })

  it('names what it rejects by file, line, field and reason, and imports the rest', async () => {
    const dataDir = await newDataDir()
    const file = join(dataDir, 'mixed.ndjson')
    const lines = [
      visit(1),
      visit(-2),
      visit(3, { visited_at: 'yesterday' }),
      { data: { id: 9 }, meta: { type: 'deal' } },
      { errors: [{ error: { code: 'rate_limit_exceeded' } }], meta: { type: 'errors' } },
      visit(4),
    ].map((item) => JSON.stringify(item))
    writeFileSync(file, [...lines, '{"data":{"id":5', JSON.stringify(visit(6))].join('\n'))
    const { stdout, stderr, status } = await doorstep(['import', 'json', file, '--json'], dataDir)
    const summary = JSON.parse(stdout)
    expect({ status, ...summary }).toMatchObject({ status: 3, read: 8, created: 3, rejected: 5 })
    const rejected = readFileSync(summary.rejected_file, 'utf8').trim().split('\n')
    expect(rejected.map((line) => JSON.parse(line))).toMatchObject([
      { file, line: 2, index: 1, field: '/data/id', reason: expect.stringContaining('-2') },
      { line: 3, field: '/data/visited_at', item: { data: { id: 3 } } },
      { line: 4, field: '/meta/type', reason: expect.stringContaining('deal') },
      { line: 5, field: '/errors' },
      { line: 7, reason: 'is not valid JSON, or is cut off', item: '{"data":{"id":5' },
    ])
    expect(stderr).toContain(`${file}:3`)
  })

  it('reads a pipe from its beginning', async () => {
    const dataDir = await newDataDir()
    const pipe = join(dataDir, 'pipe')
    execFileSync('mkfifo', [pipe])
    const written = writeFile(
      pipe,
      Array.from({ length: 3000 }, (_, n) => JSON.stringify(visit(n + 1))).join('\n'),
    )
    const { stdout } = await doorstep(['import', 'json', pipe, '--json'], dataDir)
    await written
    expect(JSON.parse(stdout)).toMatchObject({ read: 3000, created: 3000 })
  })

  it('changes nothing in a dry run', async () => {
    const dataDir = await newDataDir()
    const input = JSON.stringify({ items: [visit(1), visit(2)], meta: {} })
    const dry = await doorstep(['import', 'json', '-', '--dry-run', '--json'], dataDir, input)
    expect(JSON.parse(dry.stdout)).toMatchObject({ created: 2, dry_run: true })
    const real = await doorstep(['import', 'json', '-', '--json'], dataDir, input)
    expect(JSON.parse(real.stdout)).toMatchObject({ created: 2 })
  })

  it('reports a packed file that ends too early, and a path that does not exist', async () => {
    const dataDir = await newDataDir()
    const file = join(dataDir, 'torn.gz')
    const packed = gzipSync(
      Array.from({ length: 500 }, (_, n) => JSON.stringify(visit(n + 1))).join('\n'),
    )
    writeFileSync(file, packed.subarray(0, packed.length - 200))
    const torn = await doorstep(['import', 'json', file, '--json'], dataDir)
    expect(JSON.parse(torn.stdout).rejected).toBeGreaterThan(0)
    expect(torn.stderr).toContain('cannot be read further')
    expect(torn.status).toBe(1)
    const absent = await doorstep(['import', 'json', join(dataDir, 'nowhere')], dataDir)
    expect(absent).toMatchObject({ status: 1 })
    expect(absent.stderr).toContain('does not exist')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

it('export writes whole files, and replaces none without --force', async () => {
  const dataDir = await newDataDir({ demoVisits: 300 })
  const folder = temporaryFolder()
  const out = join(folder, 'visits.csv')
  const write = (...more: string[]) =>
    doorstep(['export', 'visits', '--out', out, ...more], dataDir)

  const written = await write('--json')
  expect(JSON.parse(written.stdout)).toMatchObject({ file: out, format: 'csv', rows: 300 })
  expect(parse(readFileSync(out, 'utf8'), { columns: true })).toHaveLength(300)
  const refused = await write()
  expect([refused.status, refused.stdout]).toEqual([2, ''])
  expect(refused.stderr).toContain('--force')
  expect((await write('--force', '--columns', 'id', '--filter', 'resource_type=lead')).status).toBe(
    0,
  )
  expect(readFileSync(out, 'utf8')).toMatch(/^id\r\n\d+\r\n/)
  const unknown = await write('--force', '--filter', 'nothing=1')
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('is unknown')])
  const parquet = join(folder, 'leads.parquet')
  await doorstep(['export', 'leads', '--format', 'parquet', '--out', parquet], dataDir)
  const { buffer } = new Uint8Array(readFileSync(parquet))
  expect((await parquetReadObjects({ file: buffer })).length).toBeGreaterThan(10)
  expect(readdirSync(folder).toSorted()).toEqual(['leads.parquet', 'visits.csv'])
  const piped = await doorstep(['export', 'contacts', '--format', 'ndjson', '--out', '-'], dataDir)
  expect(JSON.parse(piped.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    meta: { type: 'export' },
  })
})

it('report and search print lines, or JSON', async () => {
  const dataDir = await newDataDir({ demoVisits: 300 })

  const table = await doorstep(['report', '--group-by', 'status'], dataDir)
  expect(table.stdout).toMatch(/^status\tvisits\tverified/)
  expect(table.stdout).toMatch(/\ntotal\t300\t/)
  const json = await doorstep(['report', '--group-by', 'month,status', '--json'], dataDir)
  expect(JSON.parse(json.stdout).totals.visits).toBe(300)
  expect((await doorstep(['report', '--group-by', 'moon'], dataDir)).status).toBe(2)
  const leads = await doorstep(['export', 'leads', '--columns', 'last_name', '--out', '-'], dataDir)
  const name = leads.stdout.split('\r\n')[1] ?? ''
  const found = await doorstep(['search', name, '--types', 'lead', '--json'], dataDir)
  const [first] = found.stdout.split('\n')
  expect(JSON.parse(first ?? '')).toMatchObject({ resource_type: 'lead' })
})

import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { stop } from '../support/doorstep.ts'
import { recordItem, userItem, visitItem } from '../support/sell-items.ts'
import { file, serveTeam, take } from '../support/sent-files.ts'
import { zipOf } from '../support/zips.ts'

/** With what connectors write besides records. */
const fixture = (name: string) => {
  const content = readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url), 'utf8')
  if (name !== 'singer.jsonl') return content
  const deal = '{"type": "RECORD", "stream": "deals", "record": {"id": 1}}'
  return `{"type": "SCHEMA", "stream": "visits"}\n${content}\n${deal}\n`
}

it('POST /v2/imports/files takes what connectors saved, with people before visits (10.18)', async () => {
  const { client, child } = await serveTeam()
  const names = ['singer.jsonl', 'people.json', 'airbyte.jsonl', 'outcomes.json']
  const sent = names.map((name) => file(name, fixture(name)))
  const { data } = await client.imports.previewFiles(sent)
  const [singer, people] = data.files
  expect(singer).toMatchObject({ format: 'items', kind: 'visit', problem: null, columns: [] })
  const leftOut = [
    { what: 'message SCHEMA', count: 1 },
    { what: 'record of deals', count: 1 },
  ]
  expect(singer?.items_not_imported).toEqual(leftOut)
  expect(people?.rows[0]).toMatchObject({
    line: expect.any(Number),
    item: { name: expect.any(String) },
  })
  const all = Object.fromEntries(names.map((name) => [name, Buffer.from(fixture(name))]))
  const zip = zipOf({ ...all, 'notes.pdf': Buffer.from('%PDF') })
  const done = await take(client, 'saved.zip', new Uint8Array(zip))
  expect(done).toMatchObject({ state: 'done', counts: { rejected: 0 } })
  expect(done.files?.not_taken).toEqual(['saved.zip/notes.pdf'])
  expect(done.files?.files.map(({ name }) => name)[0]).toBe('saved.zip/people.json')
  const named = done.files?.files.find(({ name }) => name === 'saved.zip/singer.jsonl')
  expect(named?.items_not_imported).toEqual(leftOut)
  expect((await client.visits.list()).items.length).toBeGreaterThan(1)
  const again = await take(client, 'saved.zip', new Uint8Array(zip))
  expect(again.counts).toMatchObject({ created: 0, updated: 0, rejected: 0 })
  await stop(child, 'SIGTERM')
})

it('bare objects say their kind by an option, and rejected items come back as lines (10.18)', async () => {
  const { client, child } = await serveTeam()
  const { data } = visitItem({ id: 5, creator_id: 61, resource_id: 1 })
  const lines = [data, { ...data, id: 6, visited_at: 'soon' }].map((each) => JSON.stringify(each))
  const content = gzipSync(`${lines.join('\n')}\n{"id": 7, \n`)
  const sent = [file('dump.txt.gz', content)]
  const options = { kind: 'visit' } as const
  const guessed = (await client.imports.previewFiles(sent)).data.files[0]
  const preview = (await client.imports.previewFiles(sent, options)).data.files[0]
  expect(guessed).toEqual(preview)
  expect(preview).toMatchObject({ format: 'items', looked_at: 2, is_whole: false })
  expect(preview?.rows).toMatchObject([
    { item: { id: 5 }, problem: null },
    { item: null, problem: { attribute: 'visited_at' } },
  ])
  const dry = await take(client, 'dump.txt.gz', content, { ...options, dry_run: true })
  expect(dry).toMatchObject({
    counts: { created: 1, rejected: 2 },
    files: { first: [{ line: 1 }, {}] },
  })
  const done = await take(client, 'dump.txt.gz', content, options)
  expect(done.counts).toMatchObject({ read: 3, created: 1, rejected: 2 })
  const { body, fileName } = await client.imports.rejectedRows(done.id)
  const rows = await text(body)
  expect(fileName).toBe('rejected-dump.ndjson')
  expect(rows.trim().split('\n')).toHaveLength(2)
  const mended = rows.replace('soon', '2026-05-01T10:00:00Z').replace('{"id": 7,', '')
  const again = await take(client, 'mended.ndjson', mended, options)
  expect(again.counts).toMatchObject({ created: 1, rejected: 0 })
  await stop(child, 'SIGTERM')
})

it('a packed file that is cut off fails, and names the file (10.18)', async () => {
  const { client, child } = await serveTeam()
  const lines = Array.from({ length: 3_000 }, (_, at) =>
    JSON.stringify(visitItem({ id: at + 1, creator_id: 61, resource_id: 1 + (at % 7) })),
  )
  const whole = gzipSync(lines.join('\n'))
  const done = await take(client, 'saved.ndjson.gz', whole.subarray(0, whole.length / 2))
  expect(done).toMatchObject({
    state: 'failed',
    last_error: expect.stringContaining('saved.ndjson'),
  })
  expect((await take(client, 'saved.ndjson.gz', whole)).counts).toMatchObject({ rejected: 0 })
  await stop(child, 'SIGTERM')
})

it('the name of a file says what its bare objects are (10.18)', async () => {
  const { client, child } = await serveTeam()
  const { data } = recordItem('lead', 901, 61)
  const zip = zipOf({ 'leads.json': Buffer.from(JSON.stringify([data])) })
  const preview = (await client.imports.previewFiles([file('saved.zip', new Uint8Array(zip))])).data
  expect(preview.files[0]).toMatchObject({ kind: 'lead', rows: [{ problem: null }] })
  const done = await take(client, 'saved.zip', new Uint8Array(zip))
  expect(done.counts).toMatchObject({ created: 1, rejected: 0 })
  await stop(child, 'SIGTERM')
})

it('files of connectors come in the order of what they hold, too (10.18)', async () => {
  const { client, child } = await serveTeam()
  const record = (stream: string, { data }: { data: object }) =>
    Buffer.from(`${JSON.stringify({ type: 'RECORD', stream, record: data })}\n`)
  const zip = zipOf({
    'a.jsonl': record('visits', visitItem({ id: 5, creator_id: 950, resource_id: 1 })),
    'b.jsonl': record('leads', recordItem('lead', 940, 950)),
    'c.jsonl': record('users', userItem({ id: 950, name: 'Bo Tan', email: 'bo.tan@acme.example' })),
  })
  const done = await take(client, 'saved.zip', new Uint8Array(zip))
  expect(done.files?.files.map(({ name }) => name.slice(-7))).toEqual([
    'c.jsonl',
    'b.jsonl',
    'a.jsonl',
  ])
  expect(done.counts).toMatchObject({ created: 3, rejected: 0 })
  await stop(child, 'SIGTERM')
})

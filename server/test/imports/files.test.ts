import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { file, serveTeam, take } from '../support/sent-files.ts'
import { until } from '../support/until.ts'

const log =
  'When;Who;Shop;Said;Mood\n2026-05-01;Bo Tan;1;fine;\n2026-05-02;bo tan;1;"open\n' +
  '2026-05-03;Renee Low;1;a 3" pipe;sunny\nsoon;Bo Tan;1;"say ""when"""\n'
const map = { visited_at: ['When'], creator: ['Who'], lead_id: ['Shop'], summary: ['Said'] }

describe('POST /v2/imports/files', () => {
  it('imports tables, names what it leaves out, and gives rejected rows back (10.18)', async () => {
    const { client, child, url, token, dataDir } = await serveTeam()
    const done = await take(client, 'log.csv', log, { kind: 'visit', map })
    expect(done).toMatchObject({
      source: 'files',
      base_url: null,
      state: 'done',
      phase: 'done',
      counts: { read: 4, created: 2, updated: 0, unchanged: 0, rejected: 2 },
      rejected_count: 2,
      last_error: null,
      files: {
        dry_run: false,
        files: [
          {
            name: 'log.csv',
            rejected: 2,
            header_row: 1,
            columns_not_imported: [{ header: 'Mood', cells: 1 }],
          },
        ],
      },
    })
    const rejected = await client.imports.rejected(done.id)
    expect(rejected.items.map(({ data }) => data)).toMatchObject([
      { list: 'log.csv', line: 3, item: '2026-05-02;bo tan;1;"open' },
      { list: 'log.csv', line: 5, column: 'When', item: 'soon;Bo Tan;1;"say ""when"""' },
    ])
    const { body, fileName } = await client.imports.rejectedRows(done.id)
    const rows = await text(body)
    expect(fileName).toBe('rejected-log.csv')
    expect(rows).toBe(
      'When;Who;Shop;Said;Mood\n2026-05-02;bo tan;1;"open\nsoon;Bo Tan;1;"say ""when"""\n',
    )
    const mended = rows.replace('"open', 'open').replace('soon', '2026-05-04')
    const again = await take(client, 'mended.csv', mended, { kind: 'visit', map })
    expect(again.counts).toMatchObject({ created: 2, rejected: 0 })
    const same = await take(client, 'log.csv.gz', gzipSync(log), { kind: 'visit', map })
    expect(same.counts).toMatchObject({ created: 0, unchanged: 2, rejected: 2 })
    expect((await client.visits.list({ include_total: true })).meta.total_count).toBe(4)
    expect((await client.imports.list({ source: 'sell' })).items).toEqual([])
    expect((await client.imports.list({ source: 'files' })).items).toHaveLength(3)

    const resumed = await fetch(`${url}/v2/imports/${done.id}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: '{"data":{"state":"running"}}',
    })
    expect([resumed.status, await resumed.text()]).toEqual([
      422,
      expect.stringContaining('send them again'),
    ])
    await until(() => filesIn(join(dataDir, 'uploads')) === 0)
    expect(await stop(child, 'SIGTERM')).toBe(0)
  })

  it('does nothing in a dry run but to say what it would do (10.18)', async () => {
    const { client, child } = await serveTeam()
    const options = { kind: 'visit', map, dry_run: true } as const
    const done = await take(client, 'log.csv', log, options)
    expect(done).toMatchObject({
      state: 'done',
      counts: { created: 2, rejected: 2 },
      files: { dry_run: true, first: [{ line: 2, item: { data: { summary: 'fine' } } }, {}] },
    })
    expect((await client.imports.rejected(done.id)).items).toHaveLength(2)
    expect((await client.visits.list()).items).toEqual([])
    const real = await take(client, 'log.csv', log, { kind: 'visit', map })
    expect(real.counts.created).toBe(2)
    await expect(client.imports.get(done.id)).rejects.toThrow(/not found/)
    await stop(child, 'SIGTERM')
  })

  it('says in a sentence why it takes nothing (10.18)', async () => {
    const { client, child, url, token } = await serveTeam()
    const bad = Buffer.from('id,first_name\n1,Ann\n2,J\xf6rg\n', 'latin1')
    expect(await take(client, 'leads.csv', new Uint8Array(bad))).toMatchObject({
      state: 'failed',
      last_error: expect.stringMatching(/line 3 .*windows-1252/),
      counts: { created: 0 },
    })
    const taken = await take(client, 'leads.csv', new Uint8Array(bad), { encoding: 'windows-1252' })
    expect(taken.counts.created).toBe(2)
    expect(await take(client, 'team.pdf', '[]')).toMatchObject({
      state: 'failed',
      last_error: expect.stringContaining('team.pdf is none of .csv'),
    })
    const wrong = client.imports.startFiles([file('a.csv', 'a')], {
      kind: 'visit',
      map: { weather: ['Rain'] },
      encoding: 'latin-9000',
      time_zone: 'Mars/Base',
      date_formats: ['HH:mm'],
    })
    const problems = await wrong.catch((error: unknown) => error)
    expect(problems).toMatchObject({
      status: 422,
      errors: [
        { field: '/map' },
        { field: '/encoding' },
        { field: '/time_zone' },
        { field: '/date_formats' },
      ],
    })
    const send = async (body: FormData | string) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
      }
      const answer = await fetch(`${url}/v2/imports/files`, { method: 'POST', headers, body })
      return `${answer.status} ${await answer.text()}`
    }
    const form = (fields: readonly (readonly [string, string | Blob])[]) => {
      const made = new FormData()
      for (const [name, value] of fields) made.append(name, value)
      return made
    }
    const blob = new Blob(['a'])
    expect(await send('{"data":{}}')).toMatch(/^415 .*multipart/)
    expect(await send(form([['options', '{}']]))).toMatch(/^400 .*has no file/)
    expect(await send(form([['options', '[']]))).toMatch(/^400 .*no JSON object/)
    expect(await send(form([['photo', blob]]))).toMatch(/^400 .*a file in photo/)
    expect(
      await send(
        form([
          ['options', '{"kin":1}'],
          ['file', blob],
        ]),
      ),
    ).toMatch(/^422 .*\/kin/)
    expect(
      await send(
        form([
          ['file', blob],
          ['options', '{}'],
        ]),
      ),
    ).toMatch(/^400 .*behind a file/)
    await stop(child, 'SIGTERM')
  })

  it('takes 100 MB and no more, and keeps nothing of what it refuses (10.18)', async () => {
    const { client, child, dataDir } = await serveTeam()
    const part = new Blob([new Uint8Array(51 * 1024 * 1024).fill(97)])
    const sent = client.imports.startFiles(
      [
        { name: 'a.csv', content: part },
        { name: 'b.csv', content: part },
      ],
      { kind: 'visit' },
    )
    await expect(sent).rejects.toThrow(/100 MB/)
    expect(filesIn(join(dataDir, 'uploads'))).toBe(0)
    const done = await take(client, 'long.csv', new Uint8Array(await part.arrayBuffer()), {
      kind: 'visit',
    })
    expect(done).toMatchObject({ state: 'failed', last_error: expect.stringContaining('4 MB') })
    await stop(child, 'SIGTERM')
  })

  it('leaves no files behind when its server is stopped, or was killed (10.18)', async () => {
    const { client, child, dataDir } = await serveTeam()
    const rows = Array.from({ length: 5_000 }, (_, n) => `${1_700_000_000 + n},Bo Tan,1`)
    const many = `visited_at,creator,lead_id\n${rows.join('\n')}\n`
    await client.imports.startFiles([file('visits.csv', many)])
    expect(await stop(child, 'SIGTERM')).toBe(0)
    expect(existsSync(join(dataDir, 'uploads')) && filesIn(join(dataDir, 'uploads'))).toBeFalsy()

    const dead = join(dataDir, 'uploads', encodeURIComponent(await deadRunner()))
    mkdirSync(dead, { recursive: true })
    writeFileSync(join(dead, '1'), 'left by a crash')
    const next = await serveDoorstep(dataDir)
    await until(() => !existsSync(dead))
    await stop(next.child, 'SIGTERM')
  })
})

/** The runner of a process that has ended. */
async function deadRunner(): Promise<string> {
  const { hostname } = await import('node:os')
  return `${hostname()} 4194305 abc 1`
}

const filesIn = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
        .length
    : 0

describe('POST /v2/imports/files/preview', () => {
  it('says what was found, what columns become, and how the first rows will read (10.18)', async () => {
    const { client, child } = await serveTeam()
    const csv = Buffer.from(
      'Bericht Mai\nDatum;Zeit;Mitarbeiter;Kunde;Ergebnis;Notiz;Wetter\n' +
        '03/04/2026;09:15;Bo Tan;Café Löwe;Sold;schön;\n17/04/2026;10:00;Wer Weiß;Café Löwe;Nein;;Regen\n',
      'latin1',
    )
    const sent = [file('besuche.csv', new Uint8Array(csv))]
    const refused = (await client.imports.previewFiles(sent)).data.files
    const problem = refused[0]?.problem ?? ''
    expect(problem).toContain('windows-1252')
    expect(problem).not.toContain('--')
    expect(refused[0]?.option).toBe('encoding')
    const wrong = await client.imports.previewFiles(sent, {
      kind: 'visit',
      encoding: 'windows-1252',
      map: { visited_at: ['Tag'] },
    })
    expect(wrong.data.files).toMatchObject([{ option: 'map' }])
    const { data } = await client.imports.previewFiles(sent, { encoding: 'windows-1252' })
    expect(data.attributes.visit).toContain('visited_at')
    expect(data.files).toMatchObject([
      {
        name: 'besuche.csv',
        problem: null,
        option: null,
        kind: 'visit',
        encoding: 'windows-1252',
        separator: ';',
        header_row: 2,
        left_out: [{ line: 1, text: 'Bericht Mai' }],
        columns: [
          { header: 'Datum', attribute: 'visited_at', samples: ['03/04/2026', '17/04/2026'] },
          { header: 'Zeit', attribute: 'visited_at' },
          { header: 'Mitarbeiter', attribute: 'creator' },
          { header: 'Kunde', attribute: 'contact' },
          { header: 'Ergebnis', attribute: 'outcome' },
          { header: 'Notiz', attribute: 'summary', cells: 1 },
          { header: 'Wetter', attribute: null, cells: 1 },
        ],
        rows: [
          {
            line: 3,
            item: null,
            problem: {
              attribute: 'visited_at',
              column: 'Datum + Zeit',
              reason: expect.not.stringContaining('--'),
              option: 'date_formats',
            },
          },
          { line: 4, item: null, problem: { column: 'Kunde', option: null } },
        ],
        looked_at: 2,
        is_whole: true,
        unclear_times: {
          example: '03/04/2026 09:15',
          day_first: 1,
          month_first: 0,
          either: 1,
          day_first_formats: ['dd/MM/yyyy HH:mm'],
        },
        unknown_users: [{ name: 'Wer Weiß', count: 1 }],
        unknown_outcomes: [{ name: 'Nein', count: 1 }],
      },
    ])
    const chosen = await client.imports.previewFiles(sent, {
      kind: 'visit',
      encoding: 'windows-1252',
      map: { visited_at: ['Datum', 'Zeit'], creator: ['Mitarbeiter'], lead_id: ['Kunde'] },
      only_mapped: true,
      date_formats: ['dd/MM/yyyy HH:mm'],
      unknown_user: 'inactive',
      time_zone: 'Europe/Berlin',
    })
    expect(chosen.data.files[0]?.rows[0]?.problem).toMatchObject({
      attribute: 'lead_id',
      reason: expect.stringContaining('positive integer'),
    })
    expect((await client.users.list()).items.map(({ data: user }) => user.name)).not.toContain(
      'Wer Weiß',
    )
    await stop(child, 'SIGTERM')
  })
})

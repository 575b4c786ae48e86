import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

import { sendJson, startServer } from '../test/local-server.ts'
import { token } from '../test/samples.ts'
import { createClient } from './client.ts'
import { ServerError } from './errors.ts'

const item = { data: { id: 7 }, meta: { type: 'import' } }
const files = [{ name: 'leads.csv', content: new Blob(['id,name\n1,Ann\n']) }]

test('files are sent as a form behind their options, and never twice (10.18)', async () => {
  await using server = await startServer((response, _seen, index) =>
    index === 2 ? sendJson(response, {}, 503) : sendJson(response, item),
  )
  const { imports } = createClient({ url: server.url, token })

  expect(await imports.startFiles(files, { kind: 'lead' })).toEqual(item)
  await imports.previewFiles(files)
  await expect(imports.startFiles(files)).rejects.toBeInstanceOf(ServerError)

  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v2/imports/files',
    'POST /v2/imports/files/preview',
    'POST /v2/imports/files',
  ])
  const { headers, body = '' } = server.seen[0] ?? {}
  expect(headers?.['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(body).toMatch(
    /name="options"\r\n\r\n\{"kind":"lead"\}\r\n[^]*filename="leads.csv"[^]*1,Ann/,
  )
})

test('rejected rows come as a file (10.18)', async () => {
  await using server = await startServer((response) => {
    response.setHeader('Content-Disposition', 'attachment; filename="rejected-leads.csv"')
    response.end('id,name\n')
  })

  const { imports } = createClient({ url: server.url, token })
  const rows = await imports.rejectedRows(7, { file: 2 })

  expect([rows.fileName, await text(rows.body)]).toEqual(['rejected-leads.csv', 'id,name\n'])
  expect(server.seen[0]).toMatchObject({
    path: '/v2/imports/7/rejected/export',
    query: { file: '2' },
  })
})

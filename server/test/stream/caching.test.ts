import { describe, expect, it } from 'vitest'

import { visitItems } from '../support/sell-items.ts'
import { path, position, startWithVisits } from '../support/stream.ts'

describe('a full page strictly below the newest event', () => {
  const full = `${path}?position=${position(0, 5)}&limit=5`

  it('has a strong ETag and may be cached privately (5.8.1)', async () => {
    await using app = await startWithVisits(11)

    const { headers } = await app.fetch(full)

    expect(headers.get('ETag')).toMatch(/^"[^"]+"$/)
    expect(headers.get('Cache-Control')).toMatch(/^private, max-age=[1-9]/)
    expect(headers.get('Vary')).toBe('Authorization, Cookie, accept-encoding')
  })

  it('never changes (5.8.1)', async () => {
    await using app = await startWithVisits(11)
    const before = await app.fetch(full)
    await app.import(visitItems(20, { summary: 'new', updated_at: '2026-06-01T00:00:00.000Z' }))
    const after = await app.fetch(full)

    expect(after.headers.get('ETag')).toBe(before.headers.get('ETag'))
    expect(await after.text()).toBe(await before.text())
  })

  it('is answered 304 without a body to who has it (5.8.1)', async () => {
    await using app = await startWithVisits(11)
    const known = await app.fetch(full)
    const etag = String(known.headers.get('ETag'))

    const response = await app.fetch(full, { headers: { 'If-None-Match': etag } })

    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
    for (const name of ['ETag', 'Cache-Control', 'Vary']) {
      expect([name, response.headers.get(name)]).toEqual([name, known.headers.get(name)])
    }
  })

  it.each([
    ['one of several', (etag: string) => `"other", ${etag}`],
    ['weakened by a proxy', (etag: string) => `W/${etag}`],
  ])('is answered 304 to an ETag that is %s (5.8.1)', async (_, sent) => {
    await using app = await startWithVisits(11)
    const etag = String((await app.fetch(full)).headers.get('ETag'))

    const response = await app.fetch(full, { headers: { 'If-None-Match': sent(etag) } })

    expect(response.status).toBe(304)
  })

  it('is answered whole to who has another (5.8.1)', async () => {
    await using app = await startWithVisits(16)
    const headers = { 'If-None-Match': String((await app.fetch(full)).headers.get('ETag')) }

    for (const query of [`${position(0, 6)}&limit=5`, `${position(0, 5)}&limit=6`]) {
      expect((await app.fetch(`${path}?position=${query}`, { headers })).status).toBe(200)
    }
  })

  it('has an ETag that is not another account’s, whose page differs (5.8.1)', async () => {
    await using app = await startWithVisits(11)
    await app.import(visitItems(11, { summary: 'theirs' }), app.otherAccount)
    const etag = String((await app.fetch(full)).headers.get('ETag'))

    const Authorization = `Bearer ${app.tokens.otherAdmin}`
    const response = await app.fetch(full, { headers: { Authorization, 'If-None-Match': etag } })

    expect(response.status).toBe(200)
  })

  it.each([
    ['that reaches the newest event', `${position(0, 6)}&limit=5`],
    ['that is not full', `${position(0, 8)}&limit=5`],
    ['from tail, which moves', 'tail&limit=5'],
    ['from top', 'top'],
  ])('differs from a page %s, which has no ETag (5.8.1)', async (_, query) => {
    await using app = await startWithVisits(11)

    const { headers } = await app.fetch(`${path}?position=${query}`)

    expect(headers.get('ETag')).toBeNull()
    expect(headers.get('Cache-Control') ?? '').not.toContain('max-age')
  })
})

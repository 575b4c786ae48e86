import { Errors } from '@doorstep/contract/errors'
import { bodyBytesMax, openBodyBytesMax, problemsMax } from '@doorstep/contract/limits'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { jsonDepthMax } from '../../src/domain/json-depth.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

/** A JSON object with this many unknown attributes. */
const unknowns = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, 1]))

/** Lists within lists. */
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** A lead whose body has this many levels. */
const leadOf = (depth: number): string =>
  `{"data":{"last_name":"Deep","custom_fields":{"x":${nested(depth - 3)}}}}`

describe('many problems', () => {
  it('of a body are counted, and the first 20 described (6.5, 8.1)', async () => {
    const { status, body, text } = await send(app, 'POST', '/v2/leads', unknowns(5_000))

    expect(status).toBe(422)
    expect(Check(Errors, body)).toBe(true)
    expect(body.errors).toHaveLength(problemsMax)
    expect(body.errors.at(-1).error.details).toMatch(/, and 4,98\d more$/)
    expect(text.length).toBeLessThan(12_000)
    expect(text.split('known attributes')).toHaveLength(2)
  })

  it('of a query are counted, and the first 20 described (3.5, 8.1)', async () => {
    const query = Object.keys(unknowns(2_000)).join('&')
    const { status, body, text } = await send(app, 'GET', `/v2/visits?${query}`)

    expect(status).toBe(400)
    expect(body.errors).toHaveLength(problemsMax)
    expect(body.errors.at(-1).error.details).toMatch(/, and 1,980 more$/)
    expect(text.length).toBeLessThan(12_000)
    expect(text.split('accepted here')).toHaveLength(2)
  })

  it('that are 20 are described without a count (6.5)', async () => {
    const { body, text } = await send(app, 'PUT', '/v2/visits/1', unknowns(problemsMax))

    expect(body.errors).toHaveLength(problemsMax)
    expect(text).not.toContain(' more')
  })

  it('are not made by one long name (3.5)', async () => {
    const { status, text } = await send(app, 'GET', `/v2/visits?${'x'.repeat(10_000)}=1`)

    expect(status).toBe(400)
    expect(text.length).toBeLessThan(2_000)
  })
})

describe('without a token', () => {
  it.each(['/v2/session', '/oauth2/token', '/oauth2/revoke', '/oauth2/authorize'])(
    'POST %s takes at most 4 KiB (6.6, 9.2, 9.5)',
    async (path) => {
      const data = { email: 'a@b.example', password: 'x', meta: ' '.repeat(openBodyBytesMax) }
      const { status, text } = await send(app, 'POST', path, JSON.stringify({ data }), {
        token: '',
      })

      expect(status).toBe(413)
      expect(text).toContain('Send at most 4096 bytes')
    },
  )

  it('a body is refused before it is read (2.1)', async () => {
    const broken = `{"data":${'['.repeat(bodyBytesMax - 100)}`

    expect((await send(app, 'POST', '/v2/visits', broken, { token: '' })).status).toBe(401)
    expect((await send(app, 'POST', '/v2/nothing', broken, { token: '' })).status).toBe(404)
  })
})

describe('with a token', () => {
  it('a refusal of a body names the limit (6.6)', async () => {
    const { status, text } = await send(app, 'POST', '/v2/visits', ' '.repeat(bodyBytesMax + 1))

    expect(status).toBe(413)
    expect(text).toContain('Send at most 65536 bytes')
  })
})

describe('a deep body', () => {
  it(`has at most ${jsonDepthMax} levels (6.6)`, async () => {
    expect((await send(app, 'POST', '/v2/leads', leadOf(jsonDepthMax))).status).toBe(200)
    for (const depth of [jsonDepthMax + 1, 1_100, 30_000]) {
      const { status, text } = await send(app, 'POST', '/v2/leads', leadOf(depth))
      expect([depth, status]).toEqual([depth, 400])
      expect(text).toContain('nested deeper than 20 levels')
    }
  })

  it.each(['/v2/session', '/oauth2/token'])('is refused by %s too (6.6, 9.2)', async (path) => {
    const deep = `{"grant_type":${nested(1_500)}}`

    expect((await send(app, 'POST', path, deep, { token: '' })).status).toBe(400)
  })

  it('takes the custom-field filters from nobody (9.1.2)', async () => {
    await send(app, 'POST', '/v2/leads', leadOf(1_100))

    const { status } = await send(app, 'GET', '/v2/leads?custom_fields%5Bsku%5D=A1')

    expect(status).toBe(200)
  })

  it('of brackets within texts is not deep (6.6)', async () => {
    const text = '[{"\\'.repeat(100)
    const { status } = await send(app, 'POST', '/v2/leads', { last_name: 'x', description: text })

    expect(status).toBe(200)
  })
})

describe('a query with many members', () => {
  const filters = (count: number): string =>
    Array.from({ length: count }, (_, n) => `custom_fields%5Bf${n}%5D=1`).join('&')

  it('filters by at most 20 of them (9.1.2)', async () => {
    expect((await send(app, 'GET', `/v2/leads?${filters(20)}`)).status).toBe(200)
    for (const count of [21, 600]) {
      expect((await send(app, 'GET', `/v2/leads?${filters(count)}`)).status).toBe(400)
    }
  })
})

import { createClient } from '@doorstep/client/client'
import { NetworkError, UnprocessableError } from '@doorstep/client/errors'
import { expect, it } from 'vitest'

import type { LeadAttempt, LeadDraft } from '../offline/database.ts'
import { makeLead } from './make-lead.ts'

const draft: LeadDraft = {
  begunAt: 1,
  name: 'Corner Shop',
  address: '',
  phone: '',
  note: '',
  latitude: 52.5,
  longitude: 13.4,
}

interface Seen {
  readonly method: string | undefined
  readonly path: string
  readonly key: string | null
  readonly body: unknown
}

/** A client whose server gives these answers in turn; null: the answer is lost. */
function setUp(...answers: readonly (Response | null)[]) {
  const seen: Seen[] = []
  const left = [...answers]
  const { leads } = createClient({
    url: 'https://doorstep.example',
    token: 'test',
    retry: { attemptsMax: 1 },
    fetch: async (url, { method, headers, body }) => {
      const key = new Headers(headers).get('idempotency-key')
      const { pathname: path } = new URL(url)
      seen.push({ method, path, key, body: JSON.parse(String(body)).data })
      const answer = left.shift()
      if (!answer) throw new TypeError('The answer was lost')
      return answer
    },
  })
  let attempt: LeadAttempt | undefined
  const make = (typed: Partial<LeadDraft> = {}) =>
    makeLead(
      { ...draft, ...typed, attempt },
      {
        leads,
        userId: 3,
        keepAttempt: async (next) => {
          attempt = next
        },
      },
    )
  return { seen, make }
}

const made = () => Response.json({ data: { id: 12 }, meta: { type: 'lead' } })
const refused = () => {
  const error = { code: 'validation', message: 'No', details: 'No' }
  return Response.json({ errors: [{ error }] }, { status: 422 })
}

it('sends a lead whose answer was lost again under the same key', async () => {
  const { seen, make } = setUp(null, made())

  await expect(make()).rejects.toThrow(NetworkError)
  expect(await make()).toBe(12)

  expect(seen).toHaveLength(2)
  expect(seen[0]?.key).toEqual(expect.any(String))
  expect(seen[1]).toEqual(seen[0])
})

it('changes a lead whose answer was lost by what was typed since', async () => {
  const { seen, make } = setUp(null, made(), made())

  await expect(make()).rejects.toThrow(NetworkError)
  expect(await make({ phone: '030 1234' })).toBe(12)

  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toMatchObject({
    method: 'PUT',
    path: '/v2/leads/12',
    body: { organization_name: 'Corner Shop', phone: '030 1234' },
  })
})

it('makes another attempt after the server refused one', async () => {
  const { seen, make } = setUp(refused(), made())

  await expect(make()).rejects.toThrow(UnprocessableError)
  expect(await make({ name: 'Corner Café' })).toBe(12)

  expect(seen).toHaveLength(2)
  expect(seen[1]?.key).not.toBe(seen[0]?.key)
  expect(seen[1]?.body).toMatchObject({ organization_name: 'Corner Café' })
})

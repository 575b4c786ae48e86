import { expect, it } from 'vitest'

import { draft, iso, now, send, startWithLead } from '../support/check-in.ts'
import { people } from '../support/sell-items.ts'
import { sendAs } from '../support/send.ts'
import { startApp } from '../support/start.ts'

const deleted = `which was deleted by user ${people.stranger} (stranger) at ${iso(now).slice(0, 19)}Z`

it('a visit for a deleted record is refused with who deleted it and when (10.16)', async () => {
  await using app = await startWithLead()
  expect((await sendAs('stranger')(app, 'DELETE', '/v2/leads/899')).status).toBe(204)

  for (const given of [{}, { outcome_id: 77 }, { visited_at: 7 }]) {
    const { status, body } = await send(app, 'POST', '/v2/visits', draft(given), { key: 'once' })

    expect(status).toBe(422)
    const errors: { error: { field: string; details: string } }[] = body.errors
    const about = errors.find(({ error }) => error.field === '/resource_id')
    expect(about?.error.details).toContain(`must name an existing lead, given: 899, ${deleted}`)
  }
})

it('a record that never was is refused without an account of its end (10.16)', async () => {
  await using app = await startApp()

  const { body } = await send(app, 'POST', '/v2/visits', draft({ outcome_id: null }))

  expect(body.errors[0].error.details).toMatch(/given: 899$/)
})

it('a pin for a deleted record is refused in the same words (10.16)', async () => {
  await using app = await startWithLead()
  await sendAs('stranger')(app, 'DELETE', '/v2/leads/899')
  const pin = { resource_type: 'lead', resource_id: 899, latitude: 52.5, longitude: 13.4 }

  const { status, body } = await send(app, 'POST', '/v2/pin_changes', pin)

  expect([status, body.errors[0].error.details]).toEqual([422, expect.stringContaining(deleted)])
})

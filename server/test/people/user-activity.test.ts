import { describe, expect, it } from 'vitest'

import { device, draft, now, send as sendRep, startWithLead } from '../support/check-in.ts'
import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import type { TestApp } from '../support/start.ts'

const dayMs = 24 * 3_600_000

async function activities(app: TestApp, who: keyof TestApp['tokens'], path: string) {
  const { body } = await send(app, 'GET', path, undefined, { token: app.tokens[who] })
  const items: { data: { id: number; activity?: unknown } }[] = body.items ?? [body]
  return new Map(items.map(({ data }) => [data.id, data.activity]))
}

const path = '/v2/users?include=activity&per_page=100'

describe('include=activity', () => {
  it('says when a user was last seen, and how exact their fixes were (10.17)', async () => {
    await using app = await startWithLead()
    for (const accuracy_m of [10, 20, 140]) {
      const visit = draft({ device: device({ accuracy_m }) })
      expect((await sendRep(app, 'POST', '/v2/visits', visit)).status).toBe(200)
    }
    // Without a fix, and before the 30 days.
    await sendRep(app, 'POST', '/v2/visits', draft({ device: { unavailable: 'timeout' } }))
    const visited_at = new Date(now - 31 * dayMs).toISOString()
    await sendRep(app, 'POST', '/v2/visits', draft({ visited_at }))
    await app.maintain()
    const found = await activities(app, 'admin', path)
    const seen = new Date(now).toISOString().replace('.000Z', 'Z')
    expect(found.get(people.rep)).toEqual({
      last_seen_at: seen,
      fixes: 3,
      median_accuracy_m: 20,
      above_100_m_share: 0.333,
    })
    expect(found.get(people.trainee)).toEqual({
      last_seen_at: null,
      fixes: 0,
      median_accuracy_m: null,
      above_100_m_share: null,
    })
    const one = await activities(app, 'admin', `/v2/users/${people.rep}?include=activity`)
    expect(one.get(people.rep)).toEqual(found.get(people.rep))
  })

  it('comes in pages of at most 100 (10.17)', async () => {
    await using app = await startWithLead()
    const whole = '/v2/users?include=activity&cursor=&per_page=101'
    const { status, body } = await send(app, 'GET', whole)
    expect([status, body.errors[0].error.resource ?? '']).toEqual([400, ''])
  })

  it('is of oneself and those below one for users who are not admins, else null (10.17)', async () => {
    await using app = await startWithLead()
    const asManager = await activities(app, 'manager', path)
    expect(asManager.get(people.manager)).not.toBeNull()
    expect(asManager.get(people.rep)).not.toBeNull()
    expect(asManager.get(people.stranger)).toBeNull()
    const asRep = await activities(app, 'rep', path)
    expect(asRep.get(people.rep)).not.toBeNull()
    expect(asRep.get(people.manager)).toBeNull()
    expect([...(await activities(app, 'rep', '/v2/users/self?include=activity')).values()]).toEqual(
      [expect.objectContaining({ fixes: 0 })],
    )
  })

  it('is absent unless it is asked for (10.17)', async () => {
    await using app = await startWithLead()
    const plain = await activities(app, 'admin', '/v2/users?per_page=100')
    expect(new Set(plain.values())).toEqual(new Set([undefined]))
    const wrong = await send(app, 'GET', '/v2/users?include=everything')
    expect(wrong.status).toBe(400)
  })
})

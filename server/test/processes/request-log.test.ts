import { expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

it('logs each request with its operation, and nothing that it names (8.5)', async () => {
  const { child, url, token, errors } = await serveDoorstep(temporaryFolder(), [], {
    LOG_LEVEL: 'info',
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<number> => {
    const headers = { Authorization: `Bearer ${token}`, 'X-Request-Id': 'the-request-id-0001' }
    const answer = await fetch(`${url}${path}`, {
      ...init,
      headers: { ...headers, ...init.headers },
    })
    await answer.text()
    return answer.status
  }
  const body = JSON.stringify({ data: { last_name: 'Kowalski' } })
  await ask('/v2/search?q=Kowalski')
  await ask('/v2/leads', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
  await ask('/v2/Kowalski')
  await ask('/Kowalski', { headers: { Accept: 'text/html' } })
  await ask('/assets/Kowalski.js')
  await ask('/v2/visits', { headers: { Authorization: 'Bearer none' } })

  expect(await stop(child, 'SIGTERM')).toBe(0)
  const log = await errors
  expect(log).not.toContain('Kowalski')
  expect(log).not.toContain(token)
  const lines = log
    .split('\n')
    .filter((line) => line.includes('"answered"'))
    .map((line) => JSON.parse(line))
  expect(lines.map(({ method, operation, status }) => [method, operation, status])).toEqual([
    ['GET', 'search', 200],
    ['POST', 'createLead', 200],
    ['GET', 'none', 404],
    ['GET', 'page', expect.any(Number)],
    ['GET', expect.stringMatching(/^\/assets\/\*$|^none$/), 404],
    ['GET', 'listVisits', 401],
  ])
  const [first, , , , , last] = lines
  expect(first).toMatchObject({ level: 'info', request_id: 'the-request-id-0001' })
  expect(first.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(first.ms).toBeGreaterThan(0)
  expect(first.bytes).toBeGreaterThan(100)
  expect(first.user_id).toBeGreaterThan(0)
  expect(last.user_id).toBeNull()
})

import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** A server on which a rep has logged a visit that shows where they were. */
async function startVisited(dataDir: string) {
  const { child, url, token } = await serveDoorstep(dataDir)
  const admin = createClient({ url, token })
  const rep = await admin.users.create({ name: 'Rep', email: 'rep@example.com' })
  const scopes: ('read' | 'write' | 'profile')[] = ['read', 'write', 'profile']
  const made = await admin.tokens.create({ description: '', scopes, user_id: rep.data.id })
  const lead = await admin.leads.create({ last_name: 'Ode' })
  const at = new Date().toISOString()
  const fix = { latitude: 52.5, longitude: 13.4, accuracy_m: 12, fix_at: at, captured_at: at }
  const visit = await createClient({ url, token: made.data.token }).visits.create({
    resource_type: 'lead',
    resource_id: lead.data.id,
    device: fix,
  })
  return { child, url, admin, visitId: visit.data.id, repToken: made.data.token }
}

async function looksAfter(dataDir: string, token: string): Promise<number[]> {
  const { child, url } = await serveDoorstep(dataDir)
  const { data } = await createClient({ url, token }).locationData.get()
  await stop(child, 'SIGTERM')
  return data.looks.map((look) => look.visit_id)
}

it('who looked is written when the server stops (10.11.1)', async () => {
  const dataDir = temporaryFolder()
  const { child, admin, visitId, repToken } = await startVisited(dataDir)

  await admin.visits.get(visitId, { include: 'verification' })
  expect(await stop(child, 'SIGTERM')).toBe(0)

  expect(await looksAfter(dataDir, repToken)).toEqual([visitId])
})

it('who looked is written within seconds, and outlives a crash after that (10.11.1)', async () => {
  const dataDir = temporaryFolder()
  const { child, url, admin, visitId, repToken } = await startVisited(dataDir)
  const rep = createClient({ url, token: repToken })

  await admin.visits.list({ include: ['verification'] })

  const written = async () => (await rep.locationData.get()).data.looks.length
  await expect.poll(written, { timeout: 20_000, interval: 500 }).toBe(1)
  await stop(child, 'SIGKILL')
  expect(await looksAfter(dataDir, repToken)).toEqual([visitId])
})

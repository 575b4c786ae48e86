import { createClient } from '@doorstep/client/client'
import type { VerificationStatus } from '@doorstep/contract/findings'
import type { Browser } from 'playwright-core'

import { look } from '../support/browser.ts'
import type { Sessions } from './camera.ts'
import type { DemoServer } from './demo-server.ts'
import { seedAddresses } from './seed.ts'
import type { Known } from './shot.ts'

/** How long after the last visit of the demo team the pictures are taken, as far as the page knows. */
const laterMs = 600_000

export const password = 'correct horse battery'
export const adminEmail = 'admin@northwind.example'

/** Sets the server up, and signs everybody in. */
export async function openSessions(browser: Browser, server: DemoServer, link: string) {
  const sessions = new Map<string, Awaited<ReturnType<typeof signedIn>>>()
  async function signedIn(role: string) {
    const context = await browser.newContext(look)
    const page = await context.newPage()
    if (role === 'admin') {
      await page.goto(link)
      await page.getByLabel('Name of the account').fill('Northwind Field Sales')
      await page.getByLabel('Your name').fill('Admin')
      await page.getByLabel('E-mail').fill(adminEmail)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL(/\/setup\/visits/)
      // Only then this browser knows who was signed in last.
      await page.locator('#app h1').first().waitFor()
    } else {
      await page.goto(server.link(role))
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    }
    const state = await context.storageState()
    const answer = await context.request.get(`${server.url}/v2/users/self`)
    const user: { readonly id: number; readonly email: string } = (await answer.json()).data
    await context.close()
    return { state, user }
  }
  for (const role of ['admin', 'manager', 'rep']) sessions.set(role, await signedIn(role))
  return sessions
}

type People = Awaited<ReturnType<typeof openSessions>>

export const statesOf = (people: People): Sessions =>
  new Map([...people].map(([role, { state }]) => [role, state]))

/** Finds what the addresses name, after adding what the demo team has none of. */
export async function findKnown(
  server: DemoServer,
  people: People,
  setupLink: string,
): Promise<Known> {
  const tokenOf = (role: string) => server.tokenOf(people.get(role)?.user.email ?? '')
  const admin = await tokenOf('admin')
  const client = createClient({ url: server.url, token: admin })
  const newest = async (rep_location_verification_status?: VerificationStatus) => {
    const query = { sort_by: 'visited_at:desc', per_page: 1 } as const
    const status = rep_location_verification_status && { rep_location_verification_status }
    const [visit] = (await client.visits.list({ ...query, ...status })).items
    if (!visit) throw new Error(`there is no visit ${rep_location_verification_status}`)
    return visit.data
  }
  const last = await newest()
  const far = await newest('resource_location_too_far')
  const byRep = createClient({ url: server.url, token: await tokenOf('rep') })
  const own = await ownOf(byRep)
  const near = await newest('verified')
  const unknown = await newest('location_unknown')
  const records = near.resource_type === 'lead' ? client.leads : client.contacts
  const record = (await records.get(near.resource_id, { include: 'location' })).data
  const { latitude, longitude } = record
  const end = Date.parse(last.visited_at)
  const seeded = await seedAddresses({
    url: server.url,
    admin,
    rep: await tokenOf('rep'),
    at: end - 86_400_000,
  })
  // The film is of today.
  for (const at of [new Date(end + laterMs), new Date()]) await planDay(byRep, own, at)
  return {
    ...seeded,
    own,
    setupLink,
    far: far.id,
    near: near.id,
    unknown: unknown.id,
    door: `${latitude ?? 0},${longitude ?? 0}`,
    customer: `${far.resource_type}/${far.resource_id}`,
    manager: people.get('manager')?.user.id ?? 0,
    now: new Date(end + laterMs),
  }
}

type Rep = ReturnType<typeof createClient>

async function ownOf(client: Rep): Promise<Known['own']> {
  const { id } = (await client.users.self()).data
  const newest = async (rep_location_verification_status: VerificationStatus) => {
    const query = { creator_id: [id], sort_by: 'visited_at:desc', per_page: 1 } as const
    const [visit] = (await client.visits.list({ ...query, rep_location_verification_status })).items
    if (!visit) throw new Error(`the rep has no visit ${rep_location_verification_status}`)
    return visit.data
  }
  const near = await newest('verified')
  const far = await newest('resource_location_too_far')
  const { data } = await client.customers.get(near.resource_type, near.resource_id)
  const { latitude, longitude } = 'name' in data ? data : { latitude: null, longitude: null }
  return {
    near: near.id,
    far: far.id,
    customer: `${near.resource_type}/${near.resource_id}`,
    latitude: latitude ?? 0,
    longitude: longitude ?? 0,
  }
}

/** Nine stops around, of which some are done. */
async function planDay(client: Rep, own: Known['own'], now: Date): Promise<void> {
  const near = [own.latitude, own.longitude, 8_000] as const
  const { items } = await client.customers.list({ near: [...near], per_page: 9 })
  const date = now.toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })
  await client.plans.save(date, {
    stops: items.map(({ data }, at) => ({
      resource_type: data.resource_type,
      resource_id: data.id,
      ...(at === 1 && { state: 'skipped' as const, skip_reason: 'Closed today' }),
    })),
  })
}

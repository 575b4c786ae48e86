import { outcomeItem, people, recordItem } from './sell-items.ts'
import { sendAs } from './send.ts'
import { startApp, type TestApp } from './start.ts'

/** As the rep. */
export const send = sendAs('rep')
export const now = Date.UTC(2026, 4, 9, 7, 30)
export const iso = (ms: number) => new Date(ms).toISOString()

/** Lead 899 with a rooftop point, owned by the stranger; outcome 33. */
export async function startWithLead(): Promise<TestApp> {
  const app = await startApp({ clock: () => now })
  const lead = recordItem('lead', 899, people.stranger)
  await app.import([
    outcomeItem(),
    {
      data: { ...lead.data, address: { line1: '4 Mill Lane', city: 'Berlin', country: null } },
      meta: {
        type: 'lead',
        location: { latitude: 52.52, longitude: 13.405, precision: 'rooftop' },
      },
    },
  ])
  return app
}

export const device = (given: object = {}) => ({
  latitude: 52.5201,
  longitude: 13.405,
  accuracy_m: 12,
  fix_at: iso(now - 5000),
  captured_at: iso(now - 1000),
  ...given,
})

export const draft = (given: object = {}) => ({
  resource_type: 'lead',
  resource_id: 899,
  outcome_id: 33,
  summary: 'Signed',
  device: device(),
  ...given,
})

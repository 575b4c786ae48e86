import { expect, it } from 'vitest'

import type { LeadDraft } from '../offline/database.ts'
import { leadStart } from './lead-start.ts'

const here = { latitude: 38.75, longitude: -8.96 }

/** Begun at another door, and perhaps made: its answer was lost. */
const begun: LeadDraft = {
  begunAt: 17,
  name: 'Harbour Ices',
  address: 'Quay 1',
  phone: '030 1234',
  note: 'Opens at ten',
  latitude: 38.7,
  longitude: -8.9,
  attempt: { key: 'first', lead: { organization_name: 'Harbour Ices' } },
}

it('begins another lead where the map is pressed, without what was begun at another door', () => {
  const { draft, isPlaced } = leadStart({ draft: 18, at: [38.8, -8.8] }, [begun], here)

  expect(draft).toEqual({
    begunAt: 18,
    name: '',
    address: '',
    phone: '',
    note: '',
    latitude: 38.8,
    longitude: -8.8,
  })
  expect(isPlaced).toBe(true)
})

it('begins another lead with a name that was searched for', () => {
  const { draft, isPlaced } = leadStart({ draft: 18, name: 'Pier Kiosk' }, [begun], here)

  expect(draft).toMatchObject({ name: 'Pier Kiosk', note: '', ...here })
  expect(draft.attempt).toBeUndefined()
  expect(isPlaced).toBe(false)
})

it('goes on with the lead that was begun, at the place to which its pin was moved', () => {
  const search = { draft: 17, at: [38.8, -8.8], name: 'Harbour' }

  expect(leadStart(search, [begun], here)).toEqual({ draft: begun, isPlaced: true })
})

import { describe, expect, it } from 'vitest'

import { isShownWhole, savedFrom, searchOf } from './saved-view.ts'

const view = (query: string, columns: readonly string[] = []) => ({
  id: 7,
  query,
  columns: [...columns],
})

describe('a saved view', () => {
  it.each([
    { from: '2026-11-01', to: '2026-11-26' },
    { from: '2026-11-01', zone: 'Europe/Berlin', rep: [12, 13] },
    { to: '2026-11-26', zone: 'Etc/GMT+1', status: ['verified'] },
    { last: 30, zone: '+01:00', sort: 'oldest', cols: ['time', 'fix_age'] },
    { type: 'lead', customer: 4, bbox: [-9.2, 38.6, -9, 38.8], without: 'outcome' },
  ] as const)('says the days, zone and filters that it was saved with: %j', (search) => {
    const saved = savedFrom(search)
    for (const column of saved.columns) expect(column).toMatch(/^[a-z][a-z0-9_.]{0,63}$/)
    const { zone, ...read } = searchOf(view(saved.query, saved.columns))
    expect({ ...read, zone: zone?.toLowerCase() }).toEqual({
      ...search,
      zone: 'zone' in search ? search.zone.toLowerCase() : undefined,
      view: 7,
    })
    expect(isShownWhole(view(saved.query, saved.columns))).toBe(true)
  })

  it('of the API is shown whole if it begins and ends with days of the viewer', () => {
    const first = new Date(2026, 10, 1).toISOString()
    const end = new Date(2026, 10, 27).toISOString()
    const whole = view(`visited_at[gte]=${first}&visited_at[lt]=${end}&per_page=10`)
    expect(searchOf(whole)).toEqual({ from: '2026-11-01', to: '2026-11-26', view: 7 })
    expect(isShownWhole(whole)).toBe(true)
  })

  it.each([
    'visited_at[gte]=2026-11-01T10:17:00Z',
    'visited_at[gt]=2026-11-01T00:00:00Z',
    'visited_at[lte]=2026-11-01T00:00:00Z',
    'created_at[gte]=2026-11-01T00:00:00Z',
    'near=38.7,-9.1,500',
    'ids=1,2',
    'outcome_id=1,what',
    'resource_id=4',
  ])('of the API has filters that the app cannot show: %s', (query) => {
    expect(isShownWhole(view(`${query}&creator_id=12`))).toBe(false)
  })
})

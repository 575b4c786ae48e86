import { listCustomers } from '@doorstep/contract/customers'
import { listVisits } from '@doorstep/contract/visits'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'

import { customersOn } from './map/map-choices.ts'
import { only, parseMapSearch, parseVisitFilters, printSearch, readSearch } from './search.ts'
import { visitFilters } from './visits/visit-filters.ts'

const parse = (text: string) => parseVisitFilters(readSearch(text))

describe('the filters in a URL', () => {
  it.each([
    '?last=30d&rep=12,13&outcome=3',
    '?from=2026-11-01&to=2026-11-26&status=verified,location_unknown&type=lead',
    '?from=2026-11-01&to=2026-11-01&zone=Europe%2FBerlin&without=outcome',
    '?bbox=-9.2,38.6,-9,38.8&visit=7',
  ])('are printed as they were read: %s', (text) => {
    expect(printSearch({ ...parse(text) })).toBe(text)
  })

  it('are dropped where they are unknown or make no sense', () => {
    expect(
      parse('?rep=x,12,-1&last=month&from=2026-13-01&zone=Mars&status=odd&bbox=1,2&colour=red'),
    ).toEqual({
      rep: [12],
    })
    expect(parse('?rep=1e999&visit=0&type=user&q=')).toEqual({})
  })

  it('leave nothing of what was dropped', () => {
    expect(only(parseVisitFilters)(readSearch('?rep=12&status=odd&colour=red'))).toStrictEqual({
      rep: [12],
      status: undefined,
      colour: undefined,
    })
  })

  it('are read from what the program set as well', () => {
    expect(parseVisitFilters({ rep: [12], last: 30, to: undefined })).toEqual({
      rep: [12],
      last: 30,
    })
  })

  it('say where the map is', () => {
    const text = '?rep=12&at=38.72,-9.14,11.5&layer=heat&by=finding&unvisited=90d'
    expect(printSearch({ ...parseMapSearch(readSearch(text)) })).toBe(text)
    expect(parseMapSearch(readSearch('?at=38.72&layer=rain'))).toEqual({})
  })

  it.each([
    '?bbox=1,2,x,3,4',
    '?bbox=-190,38,-9,39',
    '?bbox=-9,39,-8,38',
    '?from=2026-02-30',
    '?to=9999-12-31',
  ])('are dropped whole, not in part: %s', (text) => {
    expect(parse(text)).toEqual({})
  })

  it('say where the map is only if all of it can be read', () => {
    expect(parseMapSearch(readSearch('?at=38.7,-9.1,11,x'))).toEqual({})
    expect(parseMapSearch(readSearch('?at=138.7,-9.1,11'))).toEqual({})
  })

  const names = [
    'from to last zone rep below outcome status reason flag review without type customer unvisited bbox',
  ].flatMap((text) => text.split(' '))
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('lead', '30d', '99999d', 'Europe/Berlin', '+14:00', 'verified,odd', 'outcome'),
    fc.array(fc.oneof(fc.integer(), fc.double(), fc.string()), { maxLength: 120 }).map(String),
    fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(13), fc.nat(32)).map(([y, m, d]) => {
      const two = (part: number) => String(part).padStart(2, '0')
      return `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`
    }),
    fc
      .array(fc.double({ min: -200, max: 200, noNaN: true }), { minLength: 4, maxLength: 4 })
      .map(String),
  )

  it('give queries that the API takes, whatever text stands in them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (typed) => {
        const search = parseMapSearch(readSearch(printSearch(typed)))
        expect(visitFilters(search)).toSatisfy((query) => Check(listVisits.query, query))
        const { resource_type: _type, ...customers } = customersOn(search)
        const given = Object.entries(customers).filter(([, each]) => each !== undefined)
        expect(Object.fromEntries(given)).toSatisfy((query) => Check(listCustomers.query, query))
      }),
      { numRuns: 1_000 },
    )
  })
})

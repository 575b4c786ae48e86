import { describe, expect, it } from 'vitest'

import { only, parseMapSearch, parseVisitFilters, printSearch, readSearch } from './search.ts'

const parse = (text: string) => parseVisitFilters(readSearch(text))

describe('the filters in a URL', () => {
  it.each([
    '?last=30d&rep=12,13&outcome=3',
    '?from=2026-11-01&to=2026-11-26&status=verified,location_unknown&type=lead',
    '?from=2026-11-01&to=2026-11-01&zone=Europe%2FBerlin&without=outcome',
    '?unvisited=90d&bbox=-9.2,38.6,-9,38.8&q=Flor%20do%20Tejo&visit=7',
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
    expect(parseVisitFilters({ rep: [12], last: 30, q: undefined })).toEqual({
      rep: [12],
      last: 30,
    })
  })

  it('say where the map is', () => {
    const text = '?rep=12&at=38.72,-9.14,11.5&layer=heat&by=finding'
    expect(printSearch({ ...parseMapSearch(readSearch(text)) })).toBe(text)
    expect(parseMapSearch(readSearch('?at=38.72&layer=rain'))).toEqual({})
  })
})

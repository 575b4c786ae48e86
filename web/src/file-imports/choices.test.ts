import { expect, it } from 'vitest'

import { chooseColumn, firstChoices, mapOf, optionsOf } from './choices.ts'

it('a column takes what another had, unless both are joined', () => {
  const columns = { Date: 'visited_at', Time: null, Rep: 'creator', Boss: null }
  expect(chooseColumn(columns, 'Boss', 'creator')).toEqual({
    ...columns,
    Rep: null,
    Boss: 'creator',
  })
  expect(mapOf(chooseColumn(columns, 'Time', 'visited_at'))).toEqual({
    visited_at: ['Date', 'Time'],
    creator: ['Rep'],
  })
})

it('the server is sent only what was chosen', () => {
  const choices = { ...firstChoices, timeZone: 'UTC' }
  expect(optionsOf(choices)).toEqual({
    time_zone: 'UTC',
    excel_dates: false,
    unknown_user: 'reject',
    unknown_outcome: 'reject',
    users: {},
    outcomes: {},
    unknown_users: {},
    unknown_outcomes: {},
  })
  const named = { users: { Ana: '61', Bo: 'inactive' }, outcomes: { Sold: 'create', Lost: '7' } }
  expect(optionsOf({ ...choices, ...named })).toMatchObject({
    users: { Ana: 61 },
    unknown_users: { Bo: 'inactive' },
    outcomes: { Lost: 7 },
    unknown_outcomes: { Sold: 'create' },
  })
  expect(
    optionsOf({ ...choices, kind: 'lead', columns: { No: 'id', X: null }, separator: '\t' }),
  ).toMatchObject({ kind: 'lead', map: { id: ['No'] }, only_mapped: true, separator: 'tab' })
})

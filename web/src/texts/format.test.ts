import { expect, it } from 'vitest'

import { accuracy, counted, percent, relative, utc } from './format.ts'

it('counts, shares and times are written as people read them', () => {
  expect(counted(1, 'visit', 'visits')).toBe('1\u00A0visit')
  expect(counted(1_284, 'visit', 'visits')).toMatch(/^1[,.\u202F]?284\u00A0visits$/)
  expect(percent(0.913)).toMatch(/^91[.,]3%$/)
  expect([0, 0.9, 1].map(percent)).toEqual(['0%', '90%', '100%'])
  expect(accuracy(12)).toMatch(/^±\d+\u00A0(m|ft)$/)
  expect(utc('2026-11-26T13:02:00Z')).toMatch(/UTC$/)
  expect(relative('2026-11-23T13:02:00Z', Date.parse('2026-11-26T14:00:00Z'))).toContain('3')
})

import { afterEach, expect, it, vi } from 'vitest'

import { navigationLink } from './navigation-link.ts'

const door = { latitude: 38.75, longitude: -8.96 }
const phone = (userAgent: string, maxTouchPoints = 5) =>
  vi.stubGlobal('navigator', { userAgent, maxTouchPoints })

afterEach(() => vi.unstubAllGlobals())

it.each(['iPhone', 'iPad', 'Macintosh'])('opens the map of Apple on a touched %s', (device) => {
  phone(`Mozilla/5.0 (${device})`)

  expect(navigationLink(door, 'Quay 1', 'Shop')).toBe('maps://?daddr=38.75,-8.96')
  expect(navigationLink(null, 'Quay 1', 'Shop')).toBe('maps://?daddr=Quay%201')
})

it('opens the map of any other phone at the pin, or else at the address', () => {
  phone('Mozilla/5.0 (Linux; Android 16)')

  expect(navigationLink(door, null, 'Café 1')).toBe('geo:38.75,-8.96?q=38.75,-8.96(Caf%C3%A9%201)')
  expect(navigationLink(null, 'Quay 1', 'Shop')).toBe('geo:0,0?q=Quay%201')
  expect(navigationLink(null, null, 'Shop')).toBeNull()
})

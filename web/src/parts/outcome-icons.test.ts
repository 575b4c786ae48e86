import { expect, it } from 'vitest'

import { outcomeIcons as onMaps } from '../map/outcome-icons.ts'
import { outcomeIcons } from './outcome-icons.ts'

it('maps draw every icon that an outcome can be given', () => {
  expect(Object.keys(onMaps)).toEqual([...outcomeIcons.keys()])
})

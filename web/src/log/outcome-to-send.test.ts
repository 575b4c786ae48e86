import { expect, it } from 'vitest'

import type { KnownOutcome } from '../api/visit-outcomes.ts'
import { outcomeToSend } from './outcome-to-send.ts'

const sold: KnownOutcome = { id: 4, name: 'Sold', color: '#0f766e', icon: null, isActive: true }

it.for([
  { name: 'keeps the outcome while none is known', offered: [], chosenId: 9, sent: 9 },
  { name: 'sends none where there was none to choose', offered: [], chosenId: null, sent: null },
  { name: 'sends the one that is chosen', offered: [sold], chosenId: 4, sent: 4 },
  { name: 'asks for another than one that ended', offered: [sold], chosenId: 9, sent: undefined },
  { name: 'asks for one', offered: [sold], chosenId: null, sent: undefined },
])('$name', ({ offered, chosenId, sent }) => {
  expect(outcomeToSend(offered, chosenId)).toBe(sent)
})

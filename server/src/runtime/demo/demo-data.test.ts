import { expect, it } from 'vitest'

import { newTarget } from '../../../test/support/target.ts'
import { removeRepLocations } from '../../rules/location-retention.ts'
import { newEventId } from '../secrets.ts'
import { importDemo, smallDemo } from './demo-data.ts'

it('no place of a rep in the demo team is old enough to be deleted as soon as it is there (7.3)', async () => {
  await using target = await newTarget()
  // An hour in which a visit of the team was 60 days ago.
  const now = Date.parse('2026-11-30T07:58:00Z')
  await importDemo(target.store, target.account, smallDemo(now), { isLogged: true })

  const before = now - 60 * 24 * 3_600_000
  const removed = await target.store.write(target.account, (tx) =>
    removeRepLocations(tx, before, 10, newEventId),
  )

  expect(removed).toBe(0)
})

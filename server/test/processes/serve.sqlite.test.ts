import { expect, it } from 'vitest'

import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

it('refuses a second server on the same data, and frees the data when it is killed', async () => {
  const dataDir = temporaryFolder()
  const { child } = await serveDoorstep(dataDir)
  const second = await doorstep(['serve'], dataDir)
  expect(second.status).toBe(1)
  expect(second.stderr).toContain('Another Doorstep server is running')
  await stop(child, 'SIGKILL')
  const third = await serveDoorstep(dataDir)
  expect(await stop(third.child, 'SIGTERM')).toBe(0)
})

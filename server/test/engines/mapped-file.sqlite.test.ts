import { once } from 'node:events'
import { readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

it.runIf(process.platform === 'linux')(
  'a server whose file has been cut ends and answers nothing wrong, and doctor names the damage',
  async () => {
    const dataDir = temporaryFolder()
    const first = await serveDoorstep(dataDir, ['--demo'])
    // What was written is in the file, and no longer in its log, once the server has ended.
    expect(await stop(first.child, 'SIGTERM')).toBe(0)
    const { child, url } = await serveDoorstep(dataDir)
    const client = createClient({ url, token: first.token, retry: { attemptsMax: 1 } })
    const file = join(dataDir, 'doorstep.db')
    expect(readFileSync(`/proc/${child.pid}/maps`, 'utf8')).toContain(file)
    await client.visits.list({ per_page: 100 })

    const ended = once(child, 'exit')
    truncateSync(file, statSync(file).size / 2)
    const reads = Array.from({ length: 40 }, (_, page) =>
      client.visits.list({ per_page: 100, page: page + 1, sort_by: 'visited_at' }),
    )
    const outcomes = await Promise.allSettled(reads)

    // The kernel ends a process that reads a page of the map which is gone; 74 is a failed read.
    expect([
      [null, 'SIGBUS'],
      [74, null],
    ]).toContainEqual(await ended)
    const answered = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    expect(answered.filter(({ value }) => value.items.length !== 100)).toEqual([])
    const { status, stderr } = await doorstep(['doctor'], dataDir)
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('malformed. Restore the newest backup'),
    ])
  },
)

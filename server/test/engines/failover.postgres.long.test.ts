import { type Client, createClient } from '@doorstep/client/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { longestGap, startFollower, startWriters } from '../support/failover-load.ts'
import { type Cluster, type ClusterNode, hasPatroni, startCluster } from '../support/patroni.ts'
import { newFolder } from '../support/temporary.ts'

/** Saved on each side of the failure. */
const savedMin = 100

describe.runIf(hasPatroni())('two servers with a primary and a standby under Patroni', () => {
  const ends: (() => void)[] = []
  const folder = newFolder()
  let cluster: Cluster
  let clients: Client[]
  let env: Record<string, string>
  let lead = 0

  beforeAll(async () => {
    cluster = await startCluster()
    env = { DATABASE_URL: cluster.url('postgres'), RATE_LIMIT_PER_HOUR: '0' }
    let token = ''
    clients = []
    for (let n = 0; n < 2; n++) {
      const served = await serveDoorstep(folder, [], env, (end) => void ends.push(end))
      token ||= served.token
      const retry = { attemptsMax: 1 }
      clients.push(createClient({ url: served.url, token, retry, timeoutMs: 20_000 }))
    }
    lead = (await clients[0]?.leads.create({ last_name: 'Visited' }))?.data.id ?? 0
  })
  afterAll(async () => {
    for (const end of ends) end()
    await cluster[Symbol.asyncDispose]()
  })

  async function primaryAndStandby(): Promise<[ClusterNode, ClusterNode]> {
    const [one, two] = cluster.nodes
    const isOne = await one.isPrimary()
    return isOne ? [one, two] : [two, one]
  }

  const failures = {
    'is killed': {
      begin: (node: ClusterNode) => node.kill(),
      end: (node: ClusterNode) => node.start(),
    },
  }

  it.each(Object.entries(failures))(
    'loses and repeats nothing when a primary with a synchronous standby %s (5.5, 6.3)',
    async (how, { begin, end }) => {
      const [primary, standby] = await primaryAndStandby()
      const top = (await clients[0]?.stream.read({ position: 'top' }))?.meta.position ?? ''
      const names = Array.from({ length: 6 }, (_, index) => `${how.replaceAll(' ', '-')}-${index}`)
      const follower = startFollower(clients, top)
      const load = startWriters(clients, lead, names)
      await expect.poll(() => load.saved.length).toBeGreaterThan(savedMin)
      await begin(primary)
      await expect.poll(() => standby.isPrimary()).toBe(true)
      const untilPromoted = load.saved.length
      await expect.poll(() => load.saved.length).toBeGreaterThan(untilPromoted + savedMin)
      await end(primary)
      await expect.poll(() => primary.isFollowing(true)).toBe(true)
      await load.stop()
      await follower.stop()

      const requests = follower.seen.map(({ request }) => request)
      const lost = load.saved.filter(({ request }) => !requests.includes(request))
      console.log(`the primary ${how}:`, {
        acknowledged: load.saved.length,
        lost: lost.length,
        secondsWithoutWrites: Math.round(longestGap(load.saved) / 100) / 10,
      })
      expect([...load.faults, ...follower.faults, ...follower.resets]).toEqual([])
      expect(lost).toEqual([])
      expect(requests).toHaveLength(new Set(requests).size)
      expect(requests).toHaveLength(load.saved.length)
      const offsets = follower.seen.map(({ offset }) => offset)
      expect(offsets).toEqual(offsets.map((_, index) => (offsets[0] ?? 0) + index))
      expect(await doorstep(['doctor'], folder, '', env)).toMatchObject({ status: 0 })
    },
  )
})

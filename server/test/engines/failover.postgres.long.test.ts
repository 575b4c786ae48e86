import { type Client, createClient } from '@doorstep/client/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { longestGap, startFollower, startWriters } from '../support/failover-load.ts'
import { newFolder } from '../support/new-folder.ts'
import { type Cluster, type ClusterNode, hasPatroni, startCluster } from '../support/patroni.ts'
import { select } from '../support/postgres-server.ts'

/** Saved on each side of the failure. */
const savedMin = 100
/** A limit for what hangs: Patroni takes its time, several times in a test. */
const timeout = 300_000

describe.runIf(hasPatroni())('two servers with a primary and a standby under Patroni', () => {
  const ends: (() => void)[] = []
  const folder = newFolder()
  let cluster: Cluster
  let clients: Client[]
  let env: Record<string, string>
  let lead = 0

  beforeAll(async () => {
    cluster = await startCluster()
    env = { DATABASE_URL: cluster.url, RATE_LIMIT_PER_HOUR: '0' }
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
    'is cut off': {
      begin: (node: ClusterNode) => node.cutOff(),
      end: (node: ClusterNode) => node.reconnect(),
    },
    'is paused': {
      begin: (node: ClusterNode) => node.pause(),
      async end(node: ClusterNode) {
        node.resume()
        // What it does by itself now takes up to minutes. Whether it has written anything is seen below.
        await expect.poll(() => node.isPrimary()).toBe(false)
        await node.kill()
        node.start()
      },
    },
  }

  async function beginLoad(how: string) {
    const top = (await clients[0]?.stream.read({ position: 'top' }))?.meta.position ?? ''
    const names = Array.from({ length: 6 }, (_, index) => `${how.replaceAll(' ', '-')}-${index}`)
    const follower = startFollower(clients, top)
    const load = startWriters(clients, lead, names)
    await expect.poll(() => load.saved.length).toBeGreaterThan(savedMin)
    return { follower, load }
  }

  /** What the reader has of the writers, and what was saved and is lost. */
  function compare(how: string, { follower, load }: Awaited<ReturnType<typeof beginLoad>>) {
    const requests = follower.seen.map(({ request }) => request)
    const has = new Set(requests)
    const lost = load.saved.filter(({ request }) => !has.has(request))
    console.log(`the primary ${how}:`, {
      acknowledged: load.saved.length,
      lost: lost.length,
      secondsWithoutWrites: Math.round(longestGap(load.saved) / 100) / 10,
    })
    expect([...load.faults, ...follower.faults]).toEqual([])
    expect(requests).toHaveLength(has.size)
    const offsets = follower.seen.map(({ offset }) => offset)
    expect(offsets).toEqual(offsets.map((_, index) => (offsets[0] ?? 0) + index))
    return { requests, lost }
  }

  it.each(Object.entries(failures))(
    'loses and repeats nothing when a primary with a synchronous standby %s (5.5, 6.3)',
    { timeout },
    async (how, { begin, end }) => {
      const [primary, standby] = await primaryAndStandby()
      const loaded = await beginLoad(how)
      const { follower, load } = loaded
      await begin(primary)
      await expect.poll(() => standby.isPrimary()).toBe(true)
      const untilPromoted = load.saved.length
      await expect.poll(() => load.saved.length).toBeGreaterThan(untilPromoted + savedMin)
      await load.stop()
      await follower.stop()
      await end(primary)

      const { requests, lost } = compare(how, loaded)
      expect(lost).toEqual([])
      expect(follower.resets).toEqual([])
      expect(requests).toHaveLength(load.saved.length)
      expect(await doorstep(['doctor'], folder, '', env)).toMatchObject({ status: 0 })
      await expect.poll(() => primary.isFollowing(true)).toBe(true)
    },
  )

  it(
    'loses with an asynchronous standby what that had not received, and says so to readers (5.4)',
    { timeout },
    async () => {
      const [primary, standby] = await primaryAndStandby()
      await cluster.configure({ synchronous_mode: false })
      const waitedFor = async () =>
        (await select(primary.url, 'show synchronous_standby_names'))[0]?.[
          'synchronous_standby_names'
        ]
      await expect.poll(waitedFor).toBe('')
      const how = 'with an asynchronous standby is cut off'
      const loaded = await beginLoad(how)
      const { follower, load } = loaded
      primary.cutOff()
      await expect.poll(() => standby.isPrimary()).toBe(true)
      const requestsOfNow = new Set(load.saved.map(({ request }) => request))
      const isLater = () => load.saved.filter(({ request }) => !requestsOfNow.has(request)).length
      await expect.poll(isLater).toBeGreaterThan(savedMin)
      await load.stop()
      await follower.stop()

      const { lost } = compare(how, loaded)
      const lostRequests = new Set(lost.map(({ request }) => request))
      const [client] = clients
      for (const { position } of lost.filter((_, index) => index % 20 === 0)) {
        const gone = { code: 'stream_reset' }
        await expect(client?.stream.read({ position })).rejects.toMatchObject(gone)
        const since = { min_position: position }
        await expect(client?.visits.list(since)).rejects.toMatchObject(gone)
      }
      const kept = load.saved.filter(({ request }) => !lostRequests.has(request))
      for (const { position } of kept.filter((_, index) => index % 20 === 0)) {
        expect((await client?.stream.read({ position }))?.meta.position).toBeDefined()
      }
      const hasReadLost = [...follower.seenBefore].some((request) => lostRequests.has(request))
      expect(follower.resets).toHaveLength(hasReadLost ? 1 : 0)
      expect(await doorstep(['doctor'], folder, '', env)).toMatchObject({ status: 0 })
    },
  )
})

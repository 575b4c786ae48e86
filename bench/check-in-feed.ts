import { newIdempotencyKey } from '../client/src/idempotency-keys.ts'
import { newRandom, pick } from '../server/src/demo/random.ts'
import type { Api } from './api.ts'
import type { Feed } from './load.ts'

const randomStream = 73
const targetPages = 20

/** Where a check-in can be made. */
export interface Target {
  readonly leadId: number
  readonly latitude: number
  readonly longitude: number
}

/** Who checks in, and where they have been before, which is mostly with leads of their own. */
export interface Rep {
  readonly api: Api
  readonly targets: readonly Target[]
}

/** The first so many reps of the store who have been somewhere of late. */
export async function findReps(
  admin: Api,
  count: number,
  apiOf: (email: string) => Promise<Api>,
): Promise<Rep[]> {
  const users = (await admin.all('/v2/users')).map(({ data }) => data)
  const targets = await findTargets(admin)
  const reps: Rep[] = []
  for (const { id, email, role, status } of users) {
    const own = [...(targets.get(Number(id))?.values() ?? [])]
    if (role !== 'user' || status !== 'active' || own.length === 0) continue
    reps.push({ api: await apiOf(String(email)), targets: own })
    if (reps.length === count) return reps
  }
  throw new Error(`there are only ${reps.length} reps who have been somewhere`)
}

/** Leads that were visited, by who did, and where they stood. */
async function findTargets(api: Api): Promise<Map<number, Map<number, Target>>> {
  const targets = new Map<number, Map<number, Target>>()
  for (let page = 0, position = 'tail'; page < targetPages; page++) {
    const path = `/v3/visits/stream?limit=100&position=${encodeURIComponent(position)}`
    const { items, bytes } = await api.page(path)
    for (const { data } of items) {
      const {
        creator_id: creator,
        resource_type: type,
        resource_id: id,
        sales_rep_location: place,
      } = data
      const isPlace = typeof place === 'object' && place !== null
      if (type !== 'lead' || !isPlace || !('latitude' in place && 'longitude' in place)) continue
      const { latitude, longitude } = place
      if (typeof latitude !== 'number' || typeof longitude !== 'number') continue
      const own = targets.get(Number(creator)) ?? new Map<number, Target>()
      targets.set(Number(creator), own.set(Number(id), { leadId: Number(id), latitude, longitude }))
    }
    const body: { meta: { position: string } } = JSON.parse(Buffer.from(bytes).toString())
    position = body.meta.position
  }
  return targets
}

/** Check-ins of many people, each with a key of its own; keeps how long each of them took. */
export class CheckIns implements Feed {
  readonly endLength = 0
  readonly #reps: readonly (readonly Parts[])[]
  readonly #random = newRandom(1, randomStream)
  readonly #startedMs: number[] = []
  #tookMs: number[] = []

  constructor(reps: readonly Rep[]) {
    this.#reps = reps.map(({ api, targets }) => targets.map((target) => partsOf(api, target)))
  }

  next(connection: number): Buffer {
    const nowMs = performance.now()
    const startedMs = this.#startedMs[connection]
    if (startedMs !== undefined) this.#tookMs.push(nowMs - startedMs)
    this.#startedMs[connection] = nowMs
    const targets = this.#reps[connection % this.#reps.length]
    if (!targets) throw new Error('nobody to check in')
    return requestOf(pick(this.#random, targets), Date.now())
  }

  /** How long the check-ins since the last call took, in ms. */
  takeTimes(): number[] {
    const taken = this.#tookMs
    this.#tookMs = []
    this.#startedMs.length = 0
    return taken
  }
}

/** What all check-ins of a rep at a place have in common: the client has to cost next to nothing. */
interface Parts {
  readonly beforeKey: string
  readonly beforeFixAt: string
}

const betweenTimes = '","captured_at":"'
const afterTimes = '"}}}'
const timeLength = '2026-01-01T00:00:00.000Z'.length

function partsOf({ port, token }: Api, { leadId, latitude, longitude }: Target): Parts {
  const body = JSON.stringify({
    data: {
      resource_type: 'lead',
      resource_id: leadId,
      summary:
        'Showed the new range; they want an offer for the larger one by the end of the week.',
      device: { latitude, longitude, accuracy_m: 12, fix_at: '' },
    },
  })
  const beforeFixAt = body.slice(0, -afterTimes.length)
  const length = beforeFixAt.length + betweenTimes.length + afterTimes.length + 2 * timeLength
  return {
    beforeKey:
      `POST /v2/visits HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bench\r\n` +
      `Accept: application/json\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${length}\r\nIdempotency-Key: `,
    beforeFixAt: `\r\n\r\n${beforeFixAt}`,
  }
}

const requestOf = ({ beforeKey, beforeFixAt }: Parts, now: number): Buffer =>
  Buffer.from(
    beforeKey +
      newIdempotencyKey() +
      beforeFixAt +
      new Date(now - 4000).toISOString() +
      betweenTimes +
      new Date(now - 1000).toISOString() +
      afterTimes,
    'latin1',
  )

import { Stream } from './stream.ts'
import { millis, seconds } from './times.ts'

export interface DoubleVisit {
  readonly id: number
  creator_id: number
  outcome_id: number | null
  resource_type: 'lead' | 'contact'
  resource_id: number
  visited_at: number
  status: string
  summary: string | null
  created_at: number
  updated_at: number
  sequence: number
}

interface Stretch {
  readonly from: number
  readonly until: number
  readonly creator_id?: number
  readonly resource_id?: number
}

export interface SellDataOptions {
  readonly visits: number
  readonly seed?: number
  readonly users?: number
  readonly leads?: number
  readonly contacts?: number
  /** Visits of the busiest person; the others share the rest. */
  readonly ofTheBusiest?: number
  /** One creator, one outcome, one status, one lead for all. */
  readonly isUniform?: boolean
  /** Only users and leads separate the visits: one outcome, one status, all at leads. */
  readonly isOfOneKind?: boolean
  /** What the visits from one number to before another have in common. */
  readonly stretches?: readonly Stretch[]
  /** Users with the e-mail of another, who have logged and own nothing else than stretches say. */
  readonly twins?: readonly number[]
  /** Leads that can be asked for by id, and that no list shows. */
  readonly unlistedLeads?: readonly number[]
  /** Creators of visits that no list names. */
  readonly strangers?: number
  /** How many of a thousand visits have no outcome. */
  readonly outcomeless?: number
}

const statuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]
export const outcomes = [
  { id: 520, name: 'Interested' },
  { id: 521, name: 'Not interested' },
  { id: 522, name: 'No answer' },
  { id: 523, name: 'Come back later' },
]
const dayMs = 86_400_000
export const firstUserId = 1000
const startMs = Date.UTC(2019, 0, 1, 6)
/** Of the account and of everything but visits. */
export const createdAt = Date.UTC(2018, 4, 9, 7, 30, 16)

/** The incumbent's data in memory, generated from a seed: nothing of it comes from Doorstep. */
export class SellData {
  readonly visits = new Map<number, DoubleVisit>()
  readonly users: number[] = []
  readonly leads: number[] = []
  readonly contacts: number[] = []
  /** When leads and contacts were changed that were. */
  readonly touchedAt = new Map<number, number>()
  readonly streams = {
    visits: new Stream('visit'),
    leads: new Stream('lead'),
    contacts: new Stream('contact'),
  }
  readonly options: SellDataOptions
  /** Raised by every change, so that sorted lists are built again. */
  revision = 0
  #random: () => number
  #nextId = 100_000
  #grouped: { revision: number; of: Map<number, DoubleVisit[]> } | undefined
  readonly #lists = new Map<string, { revision: number; rows: DoubleVisit[] }>()

  constructor(options: SellDataOptions) {
    this.options = options
    this.#random = mulberry(options.seed ?? 7)
    const { users = 40, leads = 300, contacts = 200, strangers = 0 } = options
    for (let n = 0; n < users; n++) this.users.push(firstUserId + n)
    for (let n = 0; n < leads; n++) this.leads.push(50_000 + 3 * n)
    for (let n = 0; n < contacts; n++) this.contacts.push(80_000 + 2 * n)
    const busiest = options.ofTheBusiest ?? 0
    for (let n = 0; n < options.visits; n++) {
      const isBusiest = this.#random() * options.visits < busiest
      const isStranger = strangers > 0 && n % 50 === 0
      this.#add(
        n,
        isBusiest ? firstUserId : undefined,
        isStranger ? 9000 + (n % strangers) : undefined,
      )
    }
  }

  #add(n: number, creator?: number, stranger?: number): DoubleVisit {
    const random = this.#random
    const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(random() * from.length)]!
    const isUniform = this.options.isUniform === true
    this.#nextId += 1 + Math.floor(random() * 4)
    const createdAt =
      startMs + Math.floor((n * 2000 * dayMs) / 250_000) + Math.floor(random() * 999)
    const chance = random()
    const isLead = isUniform || random() < 0.6
    const noOutcome = random() * 1000 < (this.options.outcomeless ?? 5)
    const visit: DoubleVisit = {
      id: this.#nextId,
      creator_id: isUniform ? firstUserId : (stranger ?? creator ?? pick(this.users.slice(1))),
      outcome_id: isUniform ? 520 : noOutcome ? null : chance < 0.97 ? 520 : pick(outcomes).id,
      resource_type: isLead ? 'lead' : 'contact',
      resource_id: isUniform ? 50_000 : isLead ? pick(this.leads) : pick(this.contacts),
      visited_at: createdAt - Math.floor(random() * 3 * dayMs),
      status: isUniform || random() < 0.7 ? 'verified' : pick(statuses),
      summary: random() < 0.3 ? null : `Visit number ${n}`,
      created_at: createdAt,
      updated_at: createdAt,
      sequence: 1,
    }
    if (this.options.isOfOneKind === true) {
      visit.outcome_id = 520
      visit.status = 'verified'
      visit.resource_type = 'lead'
      if (!isLead) visit.resource_id = pick(this.leads)
    }
    for (const { from, until, ...given } of this.options.stretches ?? []) {
      if (n >= from && n < until) Object.assign(visit, given)
    }
    this.visits.set(visit.id, visit)
    return visit
  }

  create(given: Partial<DoubleVisit>): DoubleVisit {
    const now = Date.now()
    const visit = this.#add(this.visits.size)
    this.visits.delete(visit.id)
    Object.assign(visit, { created_at: now, updated_at: now, visited_at: now - 60_000 }, given)
    this.visits.set(visit.id, visit)
    this.#append('created', visit)
    return visit
  }

  update(id: number, given: Partial<DoubleVisit>): void {
    const visit = this.visits.get(id)
    if (!visit) return
    const before = visitSnapshot(visit)
    Object.assign(visit, given, { updated_at: Date.now(), sequence: visit.sequence + 1 })
    const after = new Map<string, unknown>(Object.entries(visitSnapshot(visit)))
    const isChanged = ([name, value]: [string, unknown]) =>
      JSON.stringify(value) !== JSON.stringify(after.get(name))
    this.#append('updated', visit, Object.fromEntries(Object.entries(before).filter(isChanged)))
  }

  remove(id: number): void {
    const visit = this.visits.get(id)
    if (!visit) return
    visit.sequence++
    this.visits.delete(id)
    this.#append('deleted', visit)
  }

  #append(type: string, visit: DoubleVisit, previous?: unknown): void {
    this.revision++
    this.streams.visits.append(type, visitSnapshot(visit), visit.sequence, previous)
  }

  /** Creates or changes a lead. */
  touchLead(id: number): void {
    const isNew = !this.leads.includes(id)
    if (isNew) this.leads.push(id)
    const snapshot = this.#leadSnapshot(id)
    this.touchedAt.set(id, Date.now())
    const previous = isNew ? undefined : { last_name: snapshot.last_name }
    const type = isNew ? 'created' : 'updated'
    this.streams.leads.append(type, snapshot, isNew ? 1 : 2, previous)
  }

  removeLead(id: number): void {
    const at = this.leads.indexOf(id)
    if (at === -1) return
    this.leads.splice(at, 1)
    this.streams.leads.append('deleted', this.#leadSnapshot(id), 2)
  }

  ownerOf(id: number): number {
    return this.users[id % this.users.length] ?? firstUserId
  }

  /** A lead as its stream sends it. */
  #leadSnapshot(id: number) {
    return {
      id,
      creator_id: this.ownerOf(id),
      owner_id: this.ownerOf(id),
      first_name: 'Mark',
      last_name: `Johnson ${id}`,
      status: 'New',
      created_at: seconds(createdAt),
    }
  }

  streamAt(path: string): Stream | undefined {
    return new Map(Object.entries(this.streams)).get(/^\/v3\/(\w+)\/stream$/.exec(path)?.[1] ?? '')
  }

  /** Any visit, by chance. */
  any(): DoubleVisit | undefined {
    const ids = [...this.visits.keys()]
    return this.visits.get(ids[Math.floor(this.#random() * ids.length)] ?? 0)
  }

  /** Visits of one creator, or of all; grouped again after a change. */
  #candidates({ creator_id }: Readonly<Record<string, string>>): readonly DoubleVisit[] {
    if (creator_id === undefined) return [...this.visits.values()]
    if (this.#grouped?.revision !== this.revision) {
      const of = Map.groupBy(this.visits.values(), (visit) => visit.creator_id)
      this.#grouped = { revision: this.revision, of }
    }
    return this.#grouped.of.get(Number(creator_id)) ?? []
  }

  /** What a list shows, in its order. Kept until something changes. */
  list(filter: Readonly<Record<string, string>>, sort: string): DoubleVisit[] {
    const key = `${JSON.stringify(filter)} ${sort}`
    const known = this.#lists.get(key)
    if (known?.revision === this.revision) return known.rows
    const [field, direction = 'asc'] = sort.split(':')
    const rows = this.#candidates(filter).filter((visit) => isListed(visit, filter))
    rows.sort((one, other) =>
      field === 'id' ? one.id - other.id : one.visited_at - other.visited_at || one.id - other.id,
    )
    if (direction === 'desc') rows.reverse()
    if (this.#lists.size > 200) this.#lists.clear()
    this.#lists.set(key, { revision: this.revision, rows })
    return rows
  }
}

function isListed(visit: DoubleVisit, filter: Readonly<Record<string, string>>): boolean {
  const { creator_id, outcome_id, resource_type, resource_id } = filter
  const status = filter['rep_location_verification_status']
  return (
    (creator_id === undefined || visit.creator_id === Number(creator_id)) &&
    (outcome_id === undefined || visit.outcome_id === Number(outcome_id)) &&
    (resource_type === undefined || visit.resource_type === resource_type) &&
    (resource_id === undefined || visit.resource_id === Number(resource_id)) &&
    (status === undefined || visit.status === status)
  )
}

/** A small generator of numbers from 0 to 1 that the seed decides. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const visitItem = (visit: DoubleVisit) => ({
  data: {
    id: visit.id,
    creator_id: visit.creator_id,
    outcome_id: visit.outcome_id,
    resource_type: visit.resource_type,
    resource_id: visit.resource_id,
    visited_at: millis(visit.visited_at),
    resource_address: `${visit.resource_id} Mill Lane`,
    rep_location_verification_status: visit.status,
    summary: visit.summary,
    created_at: millis(visit.created_at),
    updated_at: millis(visit.updated_at),
  },
  meta: { type: 'visit' },
})

export const visitSnapshot = (visit: DoubleVisit) => ({
  summary: visit.summary,
  sales_rep_location: { latitude: 52.5, verification_status: visit.status, longitude: 13.4 },
  creator_id: visit.creator_id,
  resource_type: visit.resource_type,
  resource_id: visit.resource_id,
  created_at: seconds(visit.created_at),
  visited_at: seconds(visit.visited_at),
  id: visit.id,
  outcome:
    visit.outcome_id === null
      ? null
      : {
          has_original_name: true,
          name: outcomes.find(({ id }) => id === visit.outcome_id)?.name ?? 'Gone',
          id: visit.outcome_id,
        },
})

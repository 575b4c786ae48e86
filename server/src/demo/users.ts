import { MS_PER_DAY, newUtcOffset, offsetName, wholeSecondTime } from './calendar.ts'
import { REGIONS, citiesOf, moved, type City, type Point, type Region } from './cities.ts'
import type { SellItem } from './item.ts'
import { below, between, gaussian, newRandom, type Random } from './random.ts'
import { FIRST_NAMES, LAST_NAMES, asciiWord, fictionalPhone } from './words.ts'

export interface Rep {
  /** Place among the reps, from 0. */
  index: number
  id: number
  city: City
  /** From days since 1970 to the city's offset from UTC in ms. */
  utcOffset: (day: number) => number
  /** The parts of the city where the rep's accounts cluster. */
  patches: readonly Point[]
  /** In [0, 1); a higher pace means more visits a day. */
  pace: number
}

export interface Users {
  items: readonly SellItem[]
  reps: readonly Rep[]
  /** Users who are inactive since `left` (ms). */
  former: { ids: readonly number[]; left: number }
}

/** All times in ms: users join between `founded` and `hired`; some leave before `from`. */
export interface UserOptions {
  reps: number
  seed: number
  founded: number
  hired: number
  from: number
  until: number
}

/** What differs between the users of a team. The rest is random. */
interface Job {
  role: 'user' | 'admin'
  status: 'active' | 'inactive'
  roles: readonly { id: number; name: string }[]
  region: Region | null
  reportsTo: number | null
  timezone: string | null
}

const USER_ID_BASE = 1_010_000
const USER_ID_STEP_MAX = 230
const GROUP_ID_BASE = 7_200
const ZENDESK_ID_BASE = 390_000_000_000
const STREAM = 2
const REPS_PER_FORMER = 25
/** Size of the largest team, if the company has enough reps. */
const TEAM_REPS_MAX = 20
const LARGE_COMPANY_REPS = 60
const PATCHES_PER_REP = 11

/** One admin, the managers, who report to the admin, former users, and the managers' reps. */
export function newUsers(options: UserOptions): Users {
  const random = newRandom(options.seed, STREAM)
  const sizes = teamSizes(options.reps)
  const formerCount = 1 + Math.ceil(options.reps / REPS_PER_FORMER)
  const total = 1 + sizes.length + formerCount + options.reps
  const items: SellItem[] = []
  const name = newNames(random)
  let id = USER_ID_BASE
  const add = (job: Job): number => {
    const joined =
      options.founded + ((items.length + random()) / total) * (options.hired - options.founded)
    id += between(random, 1, USER_ID_STEP_MAX)
    items.push(userItem(id, name(items.length), job, joined, options, random))
    return id
  }

  const adminId = add({ ...ACTIVE, role: 'admin' })
  const teams = sizes.map((size, index) => {
    const region = pickRegion(index)
    const roles = [{ id: 3102, name: 'Regional manager' }]
    return { size, region, managerId: add({ ...ACTIVE, roles, region, reportsTo: adminId }) }
  })
  const formerIds = Array.from({ length: formerCount }, () =>
    add({ ...ACTIVE, status: 'inactive', reportsTo: adminId }),
  )
  const reps: Rep[] = []
  const zones = new Map<string, Rep['utcOffset']>()
  for (const { size, region, managerId } of teams) {
    for (const city of homeCities(region, size, random)) {
      const utcOffset = zones.get(city.timeZone) ?? newUtcOffset(city.timeZone)
      zones.set(city.timeZone, utcOffset)
      const timezone = offsetName(utcOffset(Math.floor(options.until / MS_PER_DAY)))
      const roles = [{ id: 3101, name: 'Field rep' }]
      const repId = add({ ...ACTIVE, roles, region, reportsTo: managerId, timezone })
      const patches = newPatches(city, random)
      reps.push({ index: reps.length, id: repId, city, utcOffset, patches, pace: random() })
    }
  }
  return { items, reps, former: { ids: formerIds, left: options.from } }
}

const ACTIVE: Job = {
  role: 'user',
  status: 'active',
  roles: [],
  region: null,
  reportsTo: null,
  timezone: null,
}

/** 8 to 20 reps a team if there are enough. In a large company one team has exactly 20. */
function teamSizes(reps: number): number[] {
  if (reps < LARGE_COMPANY_REPS) return evenly(reps, Math.max(1, Math.round(reps / 12)))
  const others = reps - TEAM_REPS_MAX
  return [TEAM_REPS_MAX, ...evenly(others, Math.ceil(others / 14))]
}

function evenly(total: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, index) => Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts),
  )
}

function pickRegion(index: number): Region {
  const region = REGIONS[index % REGIONS.length]
  if (!region) throw new Error('Name at least one region')
  return region
}

/** Cities for the reps: larger ones are more likely, none comes twice before each came once. */
function homeCities(region: Region, count: number, random: Random): City[] {
  const ranked = citiesOf(region.countries)
    .map((city) => ({ city, rank: -Math.log(1 - random()) / Math.sqrt(city.population) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ city }) => city)
  return Array.from({ length: count }, (_, index) => ranked[index % ranked.length] ?? []).flat()
}

/** The spread grows with the city: 1.4 km at 100,000 inhabitants. */
function newPatches(city: City, random: Random): Point[] {
  const spreadM = Math.min(7000, Math.max(800, 1400 * Math.sqrt(city.population / 100_000)))
  return Array.from({ length: PATCHES_PER_REP }, () =>
    moved(city.centre, gaussian(random) * spreadM, gaussian(random) * spreadM),
  )
}

/** Pairs first and last names, without repetition in the first two thousand. */
function newNames(random: Random): (index: number) => { first: string; last: string } {
  const firstShift = below(random, FIRST_NAMES.length)
  const lastShift = below(random, LAST_NAMES.length)
  return (index) => {
    const round = Math.floor(index / FIRST_NAMES.length)
    const place = index % FIRST_NAMES.length
    return {
      first: FIRST_NAMES[(place + firstShift) % FIRST_NAMES.length] ?? '',
      last: LAST_NAMES[(place * 5 + round + lastShift) % LAST_NAMES.length] ?? '',
    }
  }
}

function userItem(
  id: number,
  { first, last }: { first: string; last: string },
  job: Job,
  joined: number,
  { hired, from, until }: UserOptions,
  random: Random,
): SellItem {
  const isActive = job.status === 'active'
  const changed = isActive
    ? joined + random() * (until - joined)
    : hired + random() * (from - hired)
  const data = {
    id,
    name: `${first} ${last}`,
    email: `${asciiWord(first)}.${asciiWord(last)}@demo.example`,
    phone_number: random() < 0.7 ? fictionalPhone(random) : null,
    timezone: job.timezone,
    created_at: wholeSecondTime(joined),
    updated_at: wholeSecondTime(changed),
    confirmed: true,
    deleted_at: null,
    role: job.role,
    roles: job.roles,
    status: job.status,
    invited: true,
    team_name: job.region ? `${job.region.name} team` : null,
    group: job.region
      ? { id: GROUP_ID_BASE + REGIONS.indexOf(job.region), name: job.region.name }
      : null,
    reports_to: job.reportsTo,
    identity_type: 'person',
    zendesk_user_id: String(ZENDESK_ID_BASE + id),
  }
  return { data, meta: { type: 'user' } }
}

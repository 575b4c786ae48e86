import { accountAt, accountsKnown, type Account, type Accounts } from './accounts.ts'
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, wholeSecond } from './calendar.ts'
import { moved, type Point } from './cities.ts'
import type { SellItem } from './item.ts'
import { below, between, newRandom, pick, type Random } from './random.ts'
import { OPENS_HOUR, dealShifts, type Shift, type VisitPlan } from './shifts.ts'
import { FOLLOW_UPS, NOTES_WITHOUT_OUTCOME, OUTCOMES, type DemoOutcome } from './words.ts'

interface Visit {
  account: Account
  outcome: DemoOutcome | null
  visitedAt: number
  createdAt: number
  updatedAt: number
  address: string | null
  status: string
  fix: Point | null
  summary: string | null
}

const EASTERNMOST_OFFSET_MS = 14 * MS_PER_HOUR
const VISIT_ID_BASE = 4_000_000
const STREAM = 1
const PICK_ATTEMPTS_MAX = 4
/** Above 1: a rep visits few accounts often and many rarely. */
const FAVOURITES_EXPONENT = 2.4

/** Yields the visits by id, which is also the order of created_at. Holds a few days in memory. */
export function* visitItems(plan: VisitPlan): Generator<SellItem> {
  const random = newRandom(plan.accounts.seed, STREAM)
  let id = VISIT_ID_BASE
  const pending: Visit[] = []
  for (const { day, shifts } of dealShifts(plan, random)) {
    for (const { shift, count } of shifts) pending.push(...visitsOf(plan, shift, count, random))
    pending.sort((one, other) => one.createdAt - other.createdAt)
    const nextDayOpens = (day + 1) * MS_PER_DAY + OPENS_HOUR * MS_PER_HOUR - EASTERNMOST_OFFSET_MS
    const open = pending.findIndex((visit) => visit.createdAt >= nextDayOpens)
    const complete = pending.splice(0, open === -1 ? pending.length : open)
    for (const visit of complete) {
      id += between(random, 1, 3)
      yield visitItem(id, visit)
    }
  }
  for (const visit of pending) {
    id += between(random, 1, 3)
    yield visitItem(id, visit)
  }
}

function* visitsOf(plan: VisitPlan, shift: Shift, count: number, random: Random): Generator<Visit> {
  const spanMs = Math.min(
    shift.closes - shift.opens,
    count * between(random, 25, 60) * MS_PER_MINUTE,
  )
  const begin = shift.opens + random() * (shift.closes - shift.opens - spanMs)
  const numbers = pickAccounts(plan.accounts, shift, count, random)
  for (const [nth, number] of numbers.entries()) {
    const at = begin + ((nth + random() * 0.4) / count) * spanMs
    yield newVisit(plan, accountAt(plan.accounts, number), wholeSecond(at), random)
  }
}

/** Account numbers of a tour, mostly in one patch of the rep's area, each once if possible. */
function pickAccounts(
  accounts: Accounts,
  { rep, opens }: Shift,
  count: number,
  random: Random,
): number[] {
  const known = Math.max(1, accountsKnown(accounts, rep.index, opens))
  const patchCount = rep.patches.length
  const patch = below(random, patchCount)
  const chosen: number[] = []
  while (chosen.length < count) {
    let number = rep.index
    for (let attempt = 0; attempt < PICK_ATTEMPTS_MAX; attempt += 1) {
      let nth = Math.floor(known * random() ** FAVOURITES_EXPONENT)
      const inPatch = nth - (nth % patchCount) + patch
      if (inPatch < known && random() < 0.85) nth = inPatch
      number = nth * accounts.reps.length + rep.index
      if (!chosen.includes(number)) break
    }
    chosen.push(number)
  }
  return chosen
}

function newVisit(plan: VisitPlan, account: Account, visitedAt: number, random: Random): Visit {
  const lateness = random() < 0.05 ? 1 + random() * 13 : random() ** 3 / 3
  const createdAt = Math.min(plan.until, wholeSecond(visitedAt + lateness * MS_PER_HOUR))
  const edit = random() < 0.05 ? MS_PER_MINUTE + random() ** 3 * 14 * MS_PER_DAY : 0
  const outcome = drawOutcome(account, random)
  const { status, fix } = drawCheckIn(account, random)
  return {
    account,
    outcome,
    visitedAt,
    createdAt,
    updatedAt: Math.min(plan.until, wholeSecond(createdAt + edit)),
    address: random() < 0.02 ? null : `${account.line1}, ${account.owner.city.name}`,
    status,
    fix,
    summary: random() < 0.12 ? null : drawSummary(outcome, random),
  }
}

function drawOutcome(account: Account, random: Random): DemoOutcome | null {
  if (random() < 0.06) return null
  let left = random() * 100
  for (const outcome of OUTCOMES) {
    left -= account.kind === 'lead' ? outcome.leadWeight : outcome.contactWeight
    if (left < 0) return outcome
  }
  return null
}

function drawSummary(outcome: DemoOutcome | null, random: Random): string {
  const note = pick(random, outcome ? outcome.notes : NOTES_WITHOUT_OUTCOME)
  const followUp = pick(random, FOLLOW_UPS)
  return followUp ? `${note}. ${followUp}` : note
}

/** The position that the rep's phone reports, and Sell's verdict. */
function drawCheckIn(account: Account, random: Random): Pick<Visit, 'status' | 'fix'> {
  const roll = random()
  if (roll < 0.04) return { status: 'location_services_disabled', fix: null }
  if (roll < 0.13) return { status: 'location_unknown', fix: null }
  const isFar = roll < 0.22
  const distanceM = isFar ? 610 * 49 ** random() : 5 + 114 * random() ** 2
  const bearing = 2 * Math.PI * random()
  return {
    status: isFar ? 'resource_location_too_far' : 'verified',
    fix: moved(account.location, Math.sin(bearing) * distanceM, Math.cos(bearing) * distanceM),
  }
}

function visitItem(id: number, visit: Visit): SellItem {
  const created = new Date(visit.createdAt).toISOString()
  const isEdited = visit.updatedAt > visit.createdAt
  const data = {
    id,
    creator_id: visit.account.owner.id,
    outcome_id: visit.outcome ? visit.outcome.id : null,
    resource_type: visit.account.kind,
    resource_id: visit.account.id,
    visited_at: new Date(visit.visitedAt).toISOString(),
    resource_address: visit.address,
    rep_location_verification_status: visit.status,
    summary: visit.summary,
    created_at: created,
    updated_at: isEdited ? new Date(visit.updatedAt).toISOString() : created,
  }
  const fix = visit.fix ?? { latitude: null, longitude: null }
  return { data, meta: { type: 'visit', sales_rep_location: fix } }
}

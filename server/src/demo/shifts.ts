import type { Accounts } from './accounts.ts'
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, seasonWeight } from './calendar.ts'
import { between } from './random.ts'
import type { Random } from './random.ts'
import type { Rep } from './users.ts'

/** The visits of a team between two times; `from` and `until` are whole seconds in ms. */
export interface VisitPlan {
  visits: number
  from: number
  until: number
  accounts: Accounts
}

/** One rep's working day, to be filled with visits. */
export interface Shift {
  rep: Rep
  opens: number
  closes: number
}

export interface DealtDay {
  day: number
  shifts: { shift: Shift; count: number }[]
}

/** In a rep's own zone. */
export const OPENS_HOUR = 8
const CLOSES_HOUR = 18

const VISITS_PER_SHIFT = 9
const VISITS_PER_SHIFT_MIN = 4
const VISITS_PER_SHIFT_MAX = 14
const SHIFT_MIN_MS = 4 * MS_PER_HOUR
/** Time for a phone to send the last visit before the end. */
const SYNC_MS = 20 * MS_PER_MINUTE
/** The others are holidays and days in the office. */
const SHIFTS_TAKEN_MAX = 0.98

/**
 * Deals the visits to shifts so that their sum is exact: running totals are rounded, and the second
 * shift of a pair loses the visits that the first gains.
 */
export function* dealShifts(plan: VisitPlan, random: Random): Generator<DealtDay> {
  const { reps } = plan.accounts
  const firstDay = Math.floor(plan.from / MS_PER_DAY)
  const weights = dayWeights(plan)
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  const shiftCount = Math.min(
    Math.ceil(plan.visits / VISITS_PER_SHIFT),
    Math.floor(reps.length * weightSum * SHIFTS_TAKEN_MAX),
  )
  const share = (nth: number) =>
    Math.floor((plan.visits * (nth + 1)) / shiftCount) -
    Math.floor((plan.visits * nth) / shiftCount)
  const phase = random()
  let weightSoFar = 0
  let dealt = 0
  let extra = 0
  for (const [index, weight] of weights.entries()) {
    weightSoFar += weight
    const goal = Math.floor(shiftCount * (weightSoFar / weightSum) + phase)
    if (goal === dealt) continue
    const day = firstDay + index
    const shifts: DealtDay['shifts'] = []
    for (const shift of pickSome(openShifts(plan, day), goal - dealt, random)) {
      const isFirstOfPair = dealt % 2 === 0 && dealt + 1 < shiftCount
      extra = isFirstOfPair ? drawExtra(share(dealt), share(dealt + 1), random) : -extra
      shifts.push({ shift, count: share(dealt) + extra })
      if (!isFirstOfPair) extra = 0
      dealt += 1
    }
    favourTheQuick(shifts)
    yield { day, shifts }
  }
}

/** Each day from `from` to `until` as a share of a full day, for the whole team. */
function dayWeights(plan: VisitPlan): number[] {
  const firstDay = Math.floor(plan.from / MS_PER_DAY)
  const lastDay = Math.floor(plan.until / MS_PER_DAY)
  const weights: number[] = []
  for (let day = firstDay; day <= lastDay; day += 1) {
    const isCut = day < firstDay + 2 || day > lastDay - 2
    const { length } = plan.accounts.reps
    const openShare = isCut ? openShifts(plan, day).length / length : 1
    weights.push(openShare * seasonWeight(day))
  }
  return weights
}

/** The reps' shifts on a day in their own zones, without those that `from` or `until` cuts. */
function openShifts(plan: VisitPlan, day: number): Shift[] {
  const shifts: Shift[] = []
  for (const rep of plan.accounts.reps) {
    const midnight = day * MS_PER_DAY - rep.utcOffset(day)
    const opens = midnight + OPENS_HOUR * MS_PER_HOUR
    const closes = Math.min(midnight + CLOSES_HOUR * MS_PER_HOUR, plan.until - SYNC_MS)
    if (opens >= plan.from && closes - opens >= SHIFT_MIN_MS) shifts.push({ rep, opens, closes })
  }
  return shifts
}

/** The first of a shuffle (Fisher-Yates, in place). */
function pickSome(shifts: Shift[], count: number, random: Random): Shift[] {
  if (count > shifts.length) throw new Error('Deal at most one shift to a rep and day')
  for (let index = 0; index < count; index += 1) {
    const other = between(random, index, shifts.length - 1)
    const [one, two] = [shifts[index], shifts[other]]
    if (one && two) [shifts[index], shifts[other]] = [two, one]
  }
  return shifts.slice(0, count)
}

/** How many visits a shift of a pair gains from the other, both staying in the usual range. */
function drawExtra(share: number, nextShare: number, random: Random): number {
  const low = Math.min(share, nextShare) - VISITS_PER_SHIFT_MIN
  const high = VISITS_PER_SHIFT_MAX - Math.max(share, nextShare)
  const most = Math.max(0, Math.min(low, high))
  return between(random, -most, most)
}

/** Of two neighbours, the rep with the higher pace gets the longer list. */
function favourTheQuick(shifts: DealtDay['shifts']): void {
  for (let index = 0; index + 1 < shifts.length; index += 2) {
    const [one, other] = [shifts[index], shifts[index + 1]]
    if (!one || !other) continue
    if (one.shift.rep.pace < other.shift.rep.pace !== one.count < other.count) {
      const swapped = one.count
      one.count = other.count
      other.count = swapped
    }
  }
}

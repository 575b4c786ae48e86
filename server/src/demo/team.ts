import { accountItems, type Accounts } from './accounts.ts'
import { MS_PER_DAY, wholeSecond, wholeSecondTime } from './calendar.ts'
import type { SellItem } from './item.ts'
import { newUsers, type Users } from './users.ts'
import { visitItems } from './visits.ts'
import { OUTCOMES } from './words.ts'

export interface DemoOptions {
  /** How many visits; they decide the size of the team. */
  visits: number
  /** Read as a 32-bit integer. */
  seed: number
  /** The visits fill the two years that end here. */
  until: Date
}

const VISITS_PER_REP = 4000
const REPS_MIN = 4
const REPS_MAX = 250
const VISITS_PER_ACCOUNT = 7
const ACCOUNTS_PER_REP_MIN = 5
const WINDOW_MS = 730 * MS_PER_DAY

/**
 * Yields account, users, visit outcomes, leads, contacts, then the visits by id. Lazy: memory stays
 * flat at a million visits. The same options give the same bytes.
 *
 * Beyond Sell's shapes, the meta of a lead or contact has `location` {latitude, longitude,
 * precision} and the meta of a visit has `sales_rep_location` {latitude, longitude}, both null if
 * the status says that there is no fix.
 */
export function* demoTeam(options: DemoOptions): Generator<SellItem> {
  const until = wholeSecond(options.until.getTime())
  const from = until - WINDOW_MS
  const hired = from - WINDOW_MS
  const repCount = Math.ceil(options.visits / VISITS_PER_REP)
  const users = newUsers({
    reps: Math.min(REPS_MAX, Math.max(REPS_MIN, repCount)),
    seed: options.seed,
    founded: hired - WINDOW_MS,
    hired,
    from,
    until,
  })
  const accounts = planAccounts(options, users, hired, until)
  yield accountItem(hired - WINDOW_MS)
  yield* users.items
  for (const outcome of OUTCOMES) yield outcomeItem(outcome.id, outcome.name, hired)
  yield* accountItems(accounts, 'lead')
  yield* accountItems(accounts, 'contact')
  yield* visitItems({ visits: options.visits, from, until, accounts })
}

/**
 * Accounts are created evenly from the day the team is complete, half of them before the visits.
 */
function planAccounts(options: DemoOptions, users: Users, begin: number, until: number): Accounts {
  const count = Math.max(
    Math.round(options.visits / VISITS_PER_ACCOUNT),
    users.reps.length * ACCOUNTS_PER_REP_MIN,
  )
  return {
    count,
    seed: options.seed,
    reps: users.reps,
    former: users.former,
    begin,
    step: (until - begin) / count,
    until,
  }
}

function accountItem(founded: number): SellItem {
  const data = {
    id: 904_117,
    name: 'Demo Field Sales',
    currency: 'EUR',
    time_format: '24H',
    timezone: 'UTC+01:00',
    phone: '+1-202-555-0141',
    subdomain: 'demo-field-sales',
    created_at: wholeSecondTime(founded),
    updated_at: wholeSecondTime(founded),
  }
  return { data, meta: { type: 'account' } }
}

/** Sell writes the times of visits and outcomes with milliseconds. */
function outcomeItem(id: number, name: string, created: number): SellItem {
  const time = new Date(created).toISOString()
  return { data: { id, name, created_at: time, updated_at: time }, meta: { type: 'visit_outcome' } }
}

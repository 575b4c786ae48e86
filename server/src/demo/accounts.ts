import { wholeSecondTime } from './calendar.ts'
import { moved, type Point } from './cities.ts'
import type { SellItem } from './item.ts'
import { below, between, gaussian, newRandom, pick, type Random } from './random.ts'
import type { Rep } from './users.ts'
import {
  COMPANY_WORDS,
  FIRST_NAMES,
  LAST_NAMES,
  STREET_KINDS,
  STREET_NAMES,
  TITLES,
  TRADES,
  asciiWord,
  fictionalPhone,
} from './words.ts'

/** The leads and contacts of a team, computed from their number when needed. */
export interface Accounts {
  count: number
  seed: number
  reps: readonly Rep[]
  /** Users who created accounts before they left (ms), when reps took over. */
  former: { ids: readonly number[]; left: number }
  /** In ms: the first account's creation, and from each to the next. */
  begin: number
  step: number
  until: number
}

export interface Account {
  kind: 'lead' | 'contact'
  id: number
  owner: Rep
  createdAt: number
  line1: string
  location: Point
  /** Continues the account's own sequence, for attributes that no visit needs. */
  random: Random
}

const LEAD_ID_BASE = 240_000_000
const CONTACT_ID_BASE = 85_000_000
const ACCOUNT_ID_STEP = 61
const LEAD_SHARE = 0.6
const STREAM_BASE = 1000
const BLOCK_SPREAD_M = 450

/** Account numbers are 0, 1, 2... in order of creation, assigned to the reps in turn. */
export function accountAt(accounts: Accounts, number: number): Account {
  const random = newRandom(accounts.seed, STREAM_BASE + number)
  const kind = random() < LEAD_SHARE ? 'lead' : 'contact'
  const base = kind === 'lead' ? LEAD_ID_BASE : CONTACT_ID_BASE
  const owner = pickOwner(accounts, number)
  const patchIndex = Math.floor(number / accounts.reps.length) % owner.patches.length
  const patch = owner.patches[patchIndex] ?? owner.city.centre
  return {
    kind,
    id: base + number * ACCOUNT_ID_STEP + below(random, ACCOUNT_ID_STEP),
    owner,
    createdAt: accounts.begin + (number + random()) * accounts.step,
    line1: `${between(random, 1, 240)} ${pick(random, STREET_NAMES)} ${pick(random, STREET_KINDS)}`,
    location: moved(patch, gaussian(random) * BLOCK_SPREAD_M, gaussian(random) * BLOCK_SPREAD_M),
    random,
  }
}

/** How many of a rep's accounts exist at a time. The nth has the number n * reps + rep. */
export function accountsKnown(accounts: Accounts, repIndex: number, time: number): number {
  const created = Math.min(accounts.count, Math.floor((time - accounts.begin) / accounts.step))
  return Math.max(0, Math.ceil((created - repIndex) / accounts.reps.length))
}

export function* accountItems(accounts: Accounts, kind: Account['kind']): Generator<SellItem> {
  const itemOf = kind === 'lead' ? leadItem : contactItem
  for (let number = 0; number < accounts.count; number += 1) {
    const account = accountAt(accounts, number)
    if (account.kind === kind) yield itemOf(accounts, account)
  }
}

function leadItem(accounts: Accounts, account: Account): SellItem {
  const { random } = account
  const business = newBusiness(random)
  const data = {
    id: account.id,
    creator_id: pickCreatorId(accounts, account),
    owner_id: account.owner.id,
    first_name: business.firstName,
    last_name: business.lastName,
    organization_name: business.name,
    status: pick(random, ['New', 'New', 'New', 'Working', 'Working', 'Unqualified']),
    source_id: null,
    title: business.title,
    ...reachOf(random, business),
    address: addressOf(account),
    tags: tagsOf(random),
    custom_fields: {},
    ...timesOf(accounts, account),
    unqualified_reason_id: null,
  }
  return { data, meta: { type: 'lead', location: rooftop(account) } }
}

function contactItem(accounts: Accounts, account: Account): SellItem {
  const { random } = account
  const business = newBusiness(random)
  const isOrganization = random() < 0.7
  const data = {
    id: account.id,
    creator_id: pickCreatorId(accounts, account),
    owner_id: account.owner.id,
    is_organization: isOrganization,
    contact_id: null,
    parent_organization_id: null,
    name: isOrganization ? business.name : `${business.firstName} ${business.lastName}`,
    first_name: isOrganization ? null : business.firstName,
    last_name: isOrganization ? null : business.lastName,
    customer_status: pick(random, ['current', 'current', 'current', 'past']),
    prospect_status: 'none',
    title: isOrganization ? null : business.title,
    ...reachOf(random, business),
    address: addressOf(account),
    billing_address: null,
    shipping_address: null,
    tags: tagsOf(random),
    custom_fields: {},
    ...timesOf(accounts, account),
  }
  return { data, meta: { type: 'contact', location: rooftop(account) } }
}

interface Business {
  name: string
  industry: string
  host: string
  firstName: string
  lastName: string
  title: string
}

function newBusiness(random: Random): Business {
  const trade = pick(random, TRADES)
  const name = `${pick(random, COMPANY_WORDS)} ${trade.name}`
  return {
    name,
    industry: trade.industry,
    host: `${asciiWord(name)}.example`,
    firstName: pick(random, FIRST_NAMES),
    lastName: pick(random, LAST_NAMES),
    title: pick(random, TITLES),
  }
}

/** The attributes that Sell lists between title and address. */
function reachOf(random: Random, business: Business): Record<string, unknown> {
  return {
    description: null,
    industry: business.industry,
    website: `https://${business.host}`,
    email: random() < 0.8 ? `${asciiWord(business.firstName)}@${business.host}` : null,
    phone: fictionalPhone(random),
    mobile: random() < 0.4 ? fictionalPhone(random) : null,
    fax: null,
    twitter: null,
    facebook: null,
    linkedin: null,
    skype: null,
  }
}

function addressOf(account: Account): Record<string, unknown> {
  const { city } = account.owner
  const code = city.postalCode
    .replaceAll('#', () => String(below(account.random, 10)))
    .replaceAll('@', () => pick(account.random, [...'ABCEHJKLMNPRSTVX']))
  return {
    line1: account.line1,
    city: city.name,
    postal_code: code,
    // A city that is a state of its own is not named twice.
    state: city.province === city.name ? null : city.province,
    country: city.country,
  }
}

function timesOf(accounts: Accounts, account: Account): Record<string, unknown> {
  const edited = account.createdAt + account.random() ** 2 * (accounts.until - account.createdAt)
  return { created_at: wholeSecondTime(account.createdAt), updated_at: wholeSecondTime(edited) }
}

function tagsOf(random: Random): string[] {
  return random() < 0.25 ? [pick(random, ['key account', 'seasonal', 'referral', 'chain'])] : []
}

function rooftop(account: Account): Record<string, unknown> {
  return { ...account.location, precision: 'rooftop' }
}

function pickOwner(accounts: Accounts, number: number): Rep {
  const owner = accounts.reps[number % accounts.reps.length]
  if (!owner) throw new Error('Build the reps before their accounts')
  return owner
}

/** One early account in five was created by a former user. */
function pickCreatorId({ former }: Accounts, { random, owner, createdAt }: Account): number {
  const isTakenOver = random() < 0.2 && createdAt < former.left
  return isTakenOver ? pick(random, former.ids) : owner.id
}

import type { Customer } from '@doorstep/contract/customers'

import { indexNearest, type NearestIndex } from '../offline/nearest.ts'
import { daysAgo, dayOf } from '../texts/days.ts'
import type { NearFilters } from './near-search.ts'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A customer of the list. */
export interface Listed {
  readonly customer: Customer
  /** From the phone to its nearest place; null: one of the two is not known. */
  readonly distanceM: number | null
}

export const groups = ['door', 'near', 'further', 'unplaced'] as const
export type GroupName = (typeof groups)[number]

export interface Group {
  readonly name: GroupName
  readonly listed: readonly Listed[]
}

export const nearM = 500
/** What the title counts. */
export const aroundM = 1_000

/** Days until a visit is due; 0 or less: it is; null: it never is. */
export const daysToDue = ({ due_at: at }: Customer): number | null =>
  at === null ? null : -daysAgo(dayOf(at))

export const isDue = (customer: Customer): boolean => (daysToDue(customer) ?? 1) <= 0

/** Whether a visit from here is likely to be verified; the server decides. */
export const isAtDoor = ({ customer, distanceM }: Listed): boolean =>
  distanceM !== null && distanceM <= customer.radius_m

export const isLeadOf = (customer: Customer, userId: number | undefined): boolean =>
  customer.resource_type === 'lead' && customer.owner_id === userId

export function passes(
  customer: Customer,
  filters: NearFilters,
  userId: number | undefined,
): boolean {
  if (filters.due && !isDue(customer)) return false
  if (filters.never && customer.last_visit) return false
  if (filters.leads && !isLeadOf(customer, userId)) return false
  return filters.outcome === undefined || customer.last_visit?.outcome_id === filters.outcome
}

/** West, south, east, north. */
type Sides = readonly [number, number, number, number]

export function isWithin(
  { latitude, longitude }: Customer,
  [west, south, east, north]: Sides,
): boolean {
  if (latitude === null || longitude === null) return false
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east
}

/** As it is compared: without accents and capitals. */
const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Whether each word that was typed begins a word of the name or address. */
export function matches({ name, address }: Customer, typed: string): boolean {
  const words = plain(`${name} ${address ?? ''}`).split(/[^\p{L}\p{N}]+/u)
  return plain(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every((part) => words.some((word) => word.startsWith(part)))
}

const keyOf = ({ resource_type: type, id }: Customer): string => `${type}:${id}`

const dueTime = ({ due_at: at }: Customer): number =>
  at === null ? Number.POSITIVE_INFINITY : Date.parse(at)

/** Those most overdue first, then those who are never due, by name. */
const byDue = (one: Customer, other: Customer): number => {
  const [a, b] = [dueTime(one), dueTime(other)]
  return a === b ? one.name.localeCompare(other.name) : a - b
}

/** All of them: the nearest first, and those without a place last; without a fix the most overdue first. */
export function listed(
  customers: readonly Customer[],
  from: Place | null,
  index: NearestIndex = indexNearest(customers),
): readonly Listed[] {
  if (!from) return customers.toSorted(byDue).map((customer) => ({ customer, distanceM: null }))
  const near = index.find(from, customers.length)
  const found = new Set(near.map(({ customer }) => keyOf(customer)))
  const rest = customers.filter((customer) => !found.has(keyOf(customer))).toSorted(byDue)
  return [...near, ...rest.map((customer) => ({ customer, distanceM: null }))]
}

function groupOf(each: Listed): GroupName {
  if (each.distanceM === null) return 'unplaced'
  if (isAtDoor(each)) return 'door'
  return each.distanceM <= nearM ? 'near' : 'further'
}

/** In groups by how far they are; none is empty. */
export function grouped(all: readonly Listed[]): readonly Group[] {
  const found = new Map<GroupName, Listed[]>()
  for (const each of all) {
    const name = groupOf(each)
    const group = found.get(name)
    if (group) group.push(each)
    else found.set(name, [each])
  }
  return groups.flatMap((name) => {
    const group = found.get(name)
    return group ? [{ name, listed: group }] : []
  })
}

export const countAround = (all: readonly Listed[]): number =>
  all.filter(({ distanceM }) => distanceM !== null && distanceM <= aroundM).length

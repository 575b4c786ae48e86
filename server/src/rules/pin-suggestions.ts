import type { AccountKey } from '../domain/accounts.ts'
import type { Viewer } from '../domain/actor.ts'
import type { Place } from '../domain/geography.ts'
import type { Page } from '../domain/pages.ts'
import type { PinSuggestion, StrayKey, StrayRecord } from '../domain/pin-suggestions.ts'
import type { Store } from '../domain/store.ts'
import { distanceM } from './distance.ts'
import { readFix } from './evidence.ts'
import { accuracy95M } from './verification.ts'

const visitsMin = 3
/** With 95 % certainty. */
const accuracyMaxM = 50
const togetherMaxM = 50
const partMax = 50

/**
 * Records whose last visits agree that they are elsewhere: for admins all, for others those whose
 * owners are below them.
 */
export async function listPinSuggestions(
  { users, pinSuggestions }: Pick<Store, 'users' | 'pinSuggestions'>,
  account: AccountKey,
  viewer: Viewer,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Page<PinSuggestion>> {
  const owners = viewer.isAdmin
    ? undefined
    : (await users.findTeam(account, viewer.userId)).filter((id) => id !== viewer.userId)
  const found: PinSuggestion[] = []
  for (let after: StrayKey | undefined; found.length <= offset + limit;) {
    const request = { owners, visitsMin, after, limit: partMax }
    const records = await pinSuggestions.listStray(account, request)
    found.push(...records.flatMap((record) => suggestPin(record) ?? []))
    after = records.at(-1)
    if (records.length < partMax) break
  }
  return { rows: found.slice(offset, offset + limit), hasMore: found.length > offset + limit }
}

/**
 * Where the last accurate visits were, if at least three lie together and farther from the record than
 * its radius; undefined: they do not.
 */
export function suggestPin({ kind, id, points, radiusM, visits }: StrayRecord) {
  const places = visits.flatMap((visit) => accuratePlaceOf(visit) ?? [])
  const count = togetherAtFront(places)
  if (count < visitsMin) return undefined
  const center = rounded(medianOf(places.slice(0, count)))
  const away = Math.min(...points.map((point) => distanceM(center, point)))
  if (!Number.isFinite(away) || away <= radiusM) return undefined
  return { kind, id, ...center, visits: count, distanceM: away } satisfies PinSuggestion
}

function accuratePlaceOf(visit: StrayRecord['visits'][number]): Place | undefined {
  const fix = readFix(visit)?.fix
  if (!fix || accuracy95M(fix) > accuracyMaxM) return undefined
  return { latitude: fix.latitude, longitude: fix.longitude }
}

/** How many of the first places lie within 50 m of their median. */
function togetherAtFront(places: readonly Place[]): number {
  let together = 0
  for (let count = visitsMin; count <= places.length; count++) {
    const group = places.slice(0, count)
    const center = medianOf(group)
    if (group.some((place) => distanceM(center, place) > togetherMaxM)) break
    together = count
  }
  return together
}

/** To about 10 m: the median of three places is one of them, and where a rep was is not for everybody. */
const rounded = ({ latitude, longitude }: Place): Place => ({
  latitude: Math.round(latitude * 1e4) / 1e4,
  longitude: Math.round(longitude * 1e4) / 1e4,
})

/** The median of each coordinate; longitudes are compared from the first one on, past 180 degrees. */
function medianOf(places: readonly Place[]): Place {
  const [first] = places
  if (!first) throw new Error('there is no place')
  const east = places.map(({ longitude }) => wrapped(longitude - first.longitude))
  return {
    latitude: middleOf(places.map(({ latitude }) => latitude)),
    longitude: wrapped(first.longitude + middleOf(east)),
  }
}

function middleOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[Math.floor(index)] ?? 0
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2
}

const wrapped = (degrees: number): number =>
  degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees

import { below, newRandom, pick, type Random } from '../server/src/demo/random.ts'
import { type Api, countFullPages, type Item, type Query, visitsPath } from './api.ts'

/** A list of visits with at least one full page. */
export interface VisitList {
  readonly query: Query
  readonly perPage: number
  readonly fullPages: number
}

/** The lists of a store that each case draws from: one for each value of the filter. */
export interface Lists {
  readonly everything: VisitList[]
  readonly byOutcome: VisitList[]
  readonly byCreator: VisitList[]
  readonly byType: VisitList[]
  readonly byResource: VisitList[]
  readonly byStatus: VisitList[]
  readonly byOutcomeAndStatus: VisitList[]
  readonly byCreatorAndStatus: VisitList[]
  /** Each a hundred visits from all over the store. */
  readonly byIds: VisitList[]
}

const perPage = 100
/** Leads and contacts with a hundred visits are too few, in small stores above all. */
const resourcePerPage = 25
const creatorsMax = 60
const pairCreatorsMax = 20
const samplePages = 80
const resourcesMax = 60
const idListsMax = 200
const randomStream = 71
const statuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]

/** Finds out through the API which values give full pages, and how many. */
export async function findLists(api: Api): Promise<Lists> {
  const random = newRandom(1, randomStream)
  const outcomes = (await api.all('/v2/visit_outcomes')).map(({ data }) => Number(data['id']))
  const people = (await api.all('/v2/users')).map(({ data }) => Number(data['id']))
  const creators = some(random, people, people.length)
  const byCreator = await fullLists(api, values('creator_id', creators), perPage, creatorsMax)
  const pairCreators = byCreator.slice(0, pairCreatorsMax).map(({ query }) => query)
  const sample = await sampleItems(api, random, byCreator)
  return {
    everything: await findEverything(api),
    byOutcome: await fullLists(api, values('outcome_id', outcomes), perPage),
    byCreator,
    byType: await fullLists(api, values('resource_type', ['lead', 'contact']), perPage),
    byResource: await fullLists(api, mostVisited(sample), resourcePerPage, resourcesMax),
    byStatus: await fullLists(api, values(statusName, statuses), perPage),
    byOutcomeAndStatus: await fullLists(api, pairs(values('outcome_id', outcomes)), perPage),
    byCreatorAndStatus: await fullLists(api, pairs(pairCreators), perPage),
    byIds: idLists(random, sample),
  }
}

/** The one list without a filter. */
export const findEverything = (api: Api): Promise<VisitList[]> => fullLists(api, [{}], perPage)

const statusName = 'rep_location_verification_status'

const values = (name: string, all: readonly (string | number)[]): Query[] =>
  all.map((value) => ({ [name]: value }))

const pairs = (queries: readonly Query[]): Query[] =>
  queries.flatMap((query) => values(statusName, statuses).map((one) => ({ ...query, ...one })))

async function fullLists(
  api: Api,
  queries: readonly Query[],
  size: number,
  listsMax = Infinity,
): Promise<VisitList[]> {
  const lists: VisitList[] = []
  for (const query of queries) {
    if (lists.length >= listsMax) break
    const fullPages = await countFullPages(api, query, size)
    if (fullPages > 0) lists.push({ query, perPage: size, fullPages })
  }
  if (lists.length === 0) throw new Error(`no full page for ${JSON.stringify(queries.slice(0, 3))}`)
  return lists
}

/** Visits of many people and times, as no single list reaches further than a hundred pages. */
async function sampleItems(api: Api, random: Random, lists: readonly VisitList[]): Promise<Item[]> {
  const paths = new Set(Array.from({ length: samplePages }, () => randomPath(random, lists)))
  const pages = []
  for (const path of paths) pages.push(await api.page(path))
  return pages.flatMap(({ items }) => items)
}

function mostVisited(sample: readonly Item[]): Query[] {
  const counts = new Map<string, number>()
  for (const { data } of sample) {
    const name = `${data['resource_type']} ${data['resource_id']}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, resourcesMax * 4)
    .map(([name]) => {
      const [resource_type = '', resource_id = ''] = name.split(' ')
      return { resource_type, resource_id }
    })
}

function idLists(random: Random, sample: readonly Item[]): VisitList[] {
  const ids = sample.map(({ data }) => Number(data['id']))
  return Array.from({ length: idListsMax }, () => ({
    query: { ids: some(random, ids, perPage).join(',') },
    perPage,
    fullPages: 1,
  }))
}

/** A page that exists and is full, of any of the lists. */
export function randomPath(
  random: Random,
  lists: readonly VisitList[],
  size: number | undefined = undefined,
): string {
  const list = pick(random, lists)
  const per_page = size ?? list.perPage
  return visitsPath({ page: 1 + below(random, list.fullPages), per_page, ...list.query })
}

/** So many different ones of the list, in random order. */
function some<Value>(random: Random, all: readonly Value[], count: number): Value[] {
  const left = [...all]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(below(random, left.length), 1),
  ).flat()
}

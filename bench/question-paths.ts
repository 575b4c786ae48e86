import { below, pick, type Random } from '../server/src/demo/random.ts'
import type { Api } from './api.ts'

/** One kind of question with many values, so that no answer is the one before. */
export interface Question {
  readonly name: string
  readonly paths: readonly string[]
  /** Expected of the median. */
  readonly msMax: number
}

interface Customer {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
}

const pathsPerQuestion = 120
const samplePages = 20
const samplePerPage = 1_000
const msPerDay = 86_400_000
/** Half of a city, in degrees. */
const cityDegrees = 0.2
/** The visits of the store fill the two years before. */
const until = Date.UTC(2026, 10, 1)
const daysOfVisits = 730

const [quickMs, mapMs, reportMs] = [20, 150, 300]

export async function makeQuestions(api: Api, random: Random): Promise<Question[]> {
  const customers = await sampleCustomers(api)
  const outcomes = (await api.all('/v2/visit_outcomes')).map(({ data }) => Number(data['id']))
  const people = (await api.all('/v2/users')).map(({ data }) => Number(data['id']))
  const question = (name: string, msMax: number, draw: (customer: Customer) => string) => ({
    name,
    msMax,
    paths: [
      ...new Set(Array.from({ length: pathsPerQuestion }, () => draw(pick(random, customers)))),
    ],
  })
  const outcome = () => `outcome_id=${pick(random, outcomes)}`
  const month = () => {
    const begin = until - (31 + below(random, daysOfVisits - 31)) * msPerDay
    const [from, to] = [begin, begin + 30 * msPerDay].map((time) => new Date(time).toISOString())
    return `visited_at[gte]=${from}&visited_at[lt]=${to}`
  }
  const zoom = (least: number) => `zoom=${least + below(random, 4)}`
  return [
    question('near, 1 km', quickMs, (at) => `/v2/visits?near=${near(at)},1000`),
    question(
      'near, 1 km, the latest of an outcome',
      quickMs,
      (at) => `/v2/visits?near=${near(at)},1000&${outcome()}&sort_by=visited_at:desc`,
    ),
    question('bbox of a city', quickMs, (at) => `/v2/visits?bbox=${city(at)}`),
    question('search by a word', quickMs, (at) => `/v2/search?q=${beginning(random, at.name)}`),
    question(
      'search nearby',
      quickMs,
      (at) => `/v2/search?q=${beginning(random, at.name)}&near=${near(at)}`,
    ),
    question('customers nearby', quickMs, (at) => `/v2/customers?near=${near(at)},5000`),
    question('map of the world', mapMs, () => `/v2/map/visits?${zoom(0)}`),
    question('map of the world, an outcome', mapMs, () => `/v2/map/visits?${zoom(0)}&${outcome()}`),
    question('map of a city', mapMs, (at) => `/v2/map/visits?${zoom(11)}&bbox=${city(at)}`),
    question(
      'map of a city, a month',
      mapMs,
      (at) => `/v2/map/visits?${zoom(11)}&bbox=${city(at)}&${month()}`,
    ),
    question(
      'report by person and day, a month',
      reportMs,
      () => `/v2/visit_reports?group_by=creator,day&${month()}`,
    ),
    question(
      'report by week of a team',
      reportMs,
      () => `/v2/visit_reports?group_by=week&below=${pick(random, people)}`,
    ),
    question(
      'report by team and outcome',
      reportMs,
      () => `/v2/visit_reports?group_by=team,outcome&${outcome()}`,
    ),
  ]
}

async function sampleCustomers(api: Api): Promise<Customer[]> {
  const found: Customer[] = []
  let cursor = ''
  for (let page = 0; page < samplePages; page++) {
    const path = `/v2/customers?per_page=${samplePerPage}&cursor=${cursor}`
    const { items, next } = await api.page(path)
    for (const { data } of items) {
      const { name, latitude, longitude } = data
      if (typeof latitude === 'number' && typeof longitude === 'number') {
        found.push({ name: String(name), latitude, longitude })
      }
    }
    if (next === undefined) break
    cursor = next
  }
  if (found.length === 0) throw new Error('the store has no customer with a place')
  return found
}

const near = ({ latitude, longitude }: Customer): string => `${latitude},${longitude}`

const city = ({ latitude, longitude }: Customer): string =>
  [
    longitude - cityDegrees,
    latitude - cityDegrees,
    longitude + cityDegrees,
    latitude + cityDegrees,
  ].join(',')

/** The first letters of one of the words. */
function beginning(random: Random, name: string): string {
  const word = pick(random, name.split(' '))
  return encodeURIComponent(word.slice(0, 3 + below(random, 3)))
}

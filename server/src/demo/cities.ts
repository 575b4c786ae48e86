import { cityTable } from './city-table.ts'

export interface Point {
  latitude: number
  longitude: number
}

export interface City {
  name: string
  province: string
  /** ISO 3166 alpha-2. */
  country: string
  /** A pattern: # is a digit, @ a letter. */
  postalCode: string
  population: number
  /** IANA name. */
  timeZone: string
  centre: Point
}

export interface Region {
  name: string
  /** ISO 3166 alpha-2, one or two. */
  countries: readonly string[]
}

const METRES_PER_DEGREE = 111_320

export const REGIONS: readonly Region[] = [
  { name: 'Germany and Austria', countries: ['DE', 'AT'] },
  { name: 'Poland and Czechia', countries: ['PL', 'CZ'] },
  { name: 'Sweden and Denmark', countries: ['SE', 'DK'] },
  { name: 'Iberia', countries: ['ES', 'PT'] },
  { name: 'France', countries: ['FR'] },
  { name: 'Canada', countries: ['CA'] },
  { name: 'Mexico', countries: ['MX'] },
  { name: 'Norway and Finland', countries: ['NO', 'FI'] },
  { name: 'Italy', countries: ['IT'] },
  { name: 'Türkiye', countries: ['TR'] },
  { name: 'Benelux', countries: ['NL', 'BE'] },
  { name: 'Brazil', countries: ['BR'] },
  { name: 'United States', countries: ['US'] },
  { name: 'Argentina and Chile', countries: ['AR', 'CL'] },
  { name: 'Hungary and Romania', countries: ['HU', 'RO'] },
  { name: 'Japan', countries: ['JP'] },
  { name: 'Switzerland', countries: ['CH'] },
  { name: 'Colombia and Peru', countries: ['CO', 'PE'] },
  { name: 'Australia and New Zealand', countries: ['AU', 'NZ'] },
  { name: 'Greece and Bulgaria', countries: ['GR', 'BG'] },
]

const cities: readonly City[] = cityTable.trim().split('\n').flatMap(citiesOfLine)

function citiesOfLine(line: string): City[] {
  const [, country = '', postalCode = '', rest = ''] = /^(..) \((.*?)\): (.*)$/.exec(line) ?? []
  return rest.split('; ').map((text) => {
    const [name = '', province = '', population, timeZone = '', latitude, longitude] =
      text.split('|')
    const centre = { latitude: Number(latitude), longitude: Number(longitude) }
    const people = Number(population)
    return { name, province, country, postalCode, population: people, timeZone, centre }
  })
}

/** The cities of some countries, largest first. */
export const citiesOf = (countries: readonly string[]): City[] =>
  cities
    .filter(({ country }) => countries.includes(country))
    .sort((one, other) => other.population - one.population)

/** The point so many metres east and north of another, with six decimals (0.1 m). */
export function moved(from: Point, eastM: number, northM: number): Point {
  const shrink = Math.cos((from.latitude * Math.PI) / 180)
  return {
    latitude: sixDecimals(from.latitude + northM / METRES_PER_DEGREE),
    longitude: sixDecimals(from.longitude + eastM / (METRES_PER_DEGREE * shrink)),
  }
}

function sixDecimals(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

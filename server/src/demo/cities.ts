import { cityMapping } from 'city-timezones'

export interface Point {
  latitude: number
  longitude: number
}

export interface City {
  name: string
  province: string
  /** ISO 3166 alpha-2. */
  country: string
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

const CITIES_PER_REGION_MAX = 40
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

/** How a postal code looks: # is a digit, @ a letter. Five digits where a country is missing. */
const POSTAL_CODES: Readonly<Record<string, string>> = {
  AR: '####',
  AT: '####',
  AU: '####',
  BE: '####',
  BG: '####',
  BR: '#####-###',
  CA: '@#@ #@#',
  CH: '####',
  CL: '#######',
  CO: '######',
  CZ: '### ##',
  DK: '####',
  GR: '### ##',
  HU: '####',
  JP: '###-####',
  NL: '#### @@',
  NO: '####',
  NZ: '####',
  PL: '##-###',
  PT: '####-###',
  RO: '######',
  SE: '### ##',
}

export function postalCodePattern(country: string): string {
  return POSTAL_CODES[country] ?? '#####'
}

/**
 * The largest cities of some countries, largest first. A name that a country has twice is left
 * out: the data set repeats a few cities under a wrong province.
 */
export function citiesOf(countries: readonly string[]): City[] {
  const entries = cityMapping.filter((entry) => countries.includes(entry.iso2))
  const uses = new Map<string, number>()
  for (const entry of entries) {
    const name = `${entry.iso2} ${entry.city_ascii}`
    uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return entries
    .filter((entry) => uses.get(`${entry.iso2} ${entry.city_ascii}`) === 1 && entry.timezone)
    .map((entry) => ({
      name: entry.city,
      province: entry.province,
      country: entry.iso2,
      population: entry.pop,
      timeZone: entry.timezone,
      centre: { latitude: entry.lat, longitude: entry.lng },
    }))
    .sort((one, other) => other.population - one.population)
    .slice(0, CITIES_PER_REGION_MAX)
}

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

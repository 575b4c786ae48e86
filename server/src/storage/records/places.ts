import { meanRadiusM, type Place } from '../../domain/geography.ts'
import type { Box, Circle } from '../../domain/ranges.ts'
import type { Condition } from '../conditions.ts'
import type { Reader, Values } from '../database.ts'

const degree = Math.PI / 180
/** About a millimetre, by which a box is larger than the circle in it. */
const margin = 1e-8

/** An area: whatever is near a place and in a box, if both are given. */
export interface Area {
  readonly near?: Circle | undefined
  readonly bbox?: Box | undefined
}

/** Whether a row of leads or contacts is in the area. */
export function isInArea({ near, bbox }: Area): Condition {
  const parts = [...(near ? [isNear(near, 'near')] : []), ...(bbox ? [isInBox(bbox, 'bbox')] : [])]
  return {
    text: parts.map(({ text }) => text).join(' and '),
    values: Object.assign({}, ...parts.map(({ values }) => values)),
  }
}

/** Whether at most `most` leads and contacts are in the area. */
export async function hasFewRecords(
  reader: Reader,
  account: number,
  area: Area,
  most: number,
): Promise<boolean> {
  const { text, values } = isInArea(area)
  const some = (table: string) =>
    `(select count(*) from (select 1 from ${table} ${reader.dialect.usingIndex(`${table}_place`)}
      where account_id = :account and ${text} limit cast(:most as bigint) + 1) nearby)`
  const [row] = await reader.query(`select ${some('leads')} + ${some('contacts')} found`, {
    ...values,
    account,
    most,
  })
  return Number(row?.['found']) <= most
}

/** Whether a row of leads or contacts is in the box. `name`: the beginning of the values' names. */
export function isInBox({ west, south, east, north }: Box, name: string): Condition {
  const spans =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ]
  // NOTE: 180 and -180 are one meridian, and a pole has every longitude.
  const sides = [
    ...spans,
    ...(spans.some(([, end]) => end === 180) ? [[-180, -180]] : []),
    ...(spans.some(([start]) => start === -180) ? [[180, 180]] : []),
  ]
  const values: Record<string, number> = { [`${name}_south`]: south, [`${name}_north`]: north }
  const texts = sides.map(([start = 0, end = 0], at) => {
    values[`${name}_west${at}`] = start
    values[`${name}_east${at}`] = end
    return `longitude between :${name}_west${at} and :${name}_east${at}`
  })
  const poles = [...(south === -90 ? [-90] : []), ...(north === 90 ? [90] : [])]
  const any = [...texts, ...poles.map((pole) => `latitude = ${pole}`)].join(' or ')
  const text = `latitude between :${name}_south and :${name}_north and (${any})`
  return { text, values }
}

/** Whether a row of leads or contacts is in the circle, by the distance on a sphere. */
export function isNear(circle: Circle, name: string): Condition {
  const box = isInBox(boxAround(circle), name)
  const chord = chordOf(circle, name)
  const values: Values = {
    ...box.values,
    ...chord.values,
    [`${name}_chord`]: chordAt(circle.radiusM),
  }
  return { text: `${box.text} and ${chord.text} <= :${name}_chord`, values }
}

/**
 * Degrees that change no sum but that of numbers near zero. PostgreSQL refuses a product that is too small
 * for a double, and the square of this is none.
 */
const tiny = '1e-100'

/** A number that grows with the distance of a row of leads or contacts from a place. */
export function chordOf({ latitude, longitude }: Place, name: string): Condition {
  const [lat, lng] = [`:${name}_latitude`, `:${name}_longitude`]
  const half = (from: string, to: string) => `sin(radians(${from} - ${to} + ${tiny}) / 2)`
  const square = (text: string) => `${text} * ${text}`
  const text = `${square(half('latitude', lat))} + cos(radians(latitude + ${tiny})) * :${name}_cosine
    * ${square(half('longitude', lng))}`
  const values: Values = {
    [`${name}_latitude`]: latitude,
    [`${name}_longitude`]: longitude,
    [`${name}_cosine`]: Math.cos(latitude * degree),
  }
  return { text, values }
}

/** The number of `chordOf` at this distance. */
export function chordAt(metres: number): number {
  const angle = Math.min(metres / meanRadiusM, Math.PI)
  return angle >= Math.PI ? 2 : Math.sin(angle / 2) ** 2
}

/** The smallest box around a circle; around a pole it has every longitude. */
export function boxAround({ latitude, longitude, radiusM }: Circle): Box {
  const angle = Math.min(radiusM / meanRadiusM, Math.PI)
  const south = latitude - angle / degree - margin
  const north = latitude + angle / degree + margin
  if (south <= -90 || north >= 90) {
    return { west: -180, south: Math.max(south, -90), east: 180, north: Math.min(north, 90) }
  }
  const side =
    Math.asin(Math.min(1, Math.sin(angle) / Math.cos(latitude * degree))) / degree + margin
  if (side >= 180) return { west: -180, south, east: 180, north }
  return { west: wrapped(longitude - side), south, east: wrapped(longitude + side), north }
}

const wrapped = (longitude: number): number =>
  longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude

import { usesMiles } from '../texts/format.ts'
import { metresPerPixel } from './grid.ts'

export interface Scale {
  readonly widthPx: number
  readonly text: string
}

const feetPerMetre = 3.28084
const feetPerMile = 5_280

interface Units {
  readonly locale: string
  readonly isMiles: boolean
}

const units: Units = { locale: navigator.language, isMiles: usesMiles }

/** The longest round distance that is no wider than this, in the units of all distances of the app. */
export function scaleOf(
  zoom: number,
  latitude: number,
  { locale, isMiles } = units,
  widthMax = 80,
): Scale {
  const most = metresPerPixel(zoom, latitude) * widthMax * (isMiles ? feetPerMetre : 1)
  const large = isMiles ? feetPerMile : 1_000
  const isLarge = most >= large
  const round = roundDown(isLarge ? most / large : most)
  const unit = isMiles ? (isLarge ? 'mile' : 'foot') : isLarge ? 'kilometer' : 'meter'
  return {
    widthPx: (widthMax * round * (isLarge ? large : 1)) / most,
    text: new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(
      round,
    ),
  }
}

/** To 1, 2, 2.5 or 5 times a power of ten. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [5, 2.5, 2, 1].find((each) => each * power <= value) ?? 1
  return power < 10 && step === 2.5 ? 2 * power : step * power
}

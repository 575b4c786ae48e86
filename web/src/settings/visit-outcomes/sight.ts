// How different two colours look, to people with usual sight and with the three kinds of colour blindness.
// Matrices by Machado, Oliveira and Fernandes (2009), severity 1; distances in Björn Ottosson's OKLab.

export const sights = ['usual', 'deutan', 'protan', 'tritan'] as const
export type Sight = (typeof sights)[number]

/** Less is hard to tell apart. */
export const leastDistance = 0.06

/** White icons on a colour need so much. */
export const leastContrast = 3

type Triple = readonly [number, number, number]

const matrices: Readonly<Record<Exclude<Sight, 'usual'>, readonly [Triple, Triple, Triple]>> = {
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const toLinear = (share: number) =>
  share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
const fromLinear = (share: number) =>
  share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055
const within = (share: number) => Math.max(0, Math.min(1, share))

const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

/** `#1d7a62` of what a person may have typed: without the hash, with three digits, in capitals. */
export function colourOf(typed: string): string | undefined {
  const digits = typed.trim().replace(/^#/, '').toLowerCase()
  const long = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits
  return isColour(`#${long}`) ? `#${long}` : undefined
}

function linearOf(colour: string): Triple {
  const share = (from: number) => toLinear(Number.parseInt(colour.slice(from, from + 2), 16) / 255)
  return [share(1), share(3), share(5)]
}

const dot = (row: Triple, [red, green, blue]: Triple) =>
  row[0] * red + row[1] * green + row[2] * blue

function seen(colour: Triple, sight: Sight): Triple {
  if (sight === 'usual') return colour
  const [red, green, blue] = matrices[sight]
  return [within(dot(red, colour)), within(dot(green, colour)), within(dot(blue, colour))]
}

const printed = (colour: Triple): string =>
  `#${colour
    .map((share) =>
      Math.round(255 * within(fromLinear(share)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** How a colour looks to somebody. */
export const seenAs = (colour: string, sight: Sight): string =>
  printed(seen(linearOf(colour), sight))

function labOf(colour: Triple): Triple {
  const long = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], colour))
  const middle = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], colour))
  const short = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], colour))
  const cones: Triple = [long, middle, short]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

const apart = (one: Triple, other: Triple) =>
  Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])

/** The smallest distance of two colours in the four kinds of sight. */
export function distance(one: string, other: string): number {
  const [first, second] = [linearOf(one), linearOf(other)]
  return Math.min(
    ...sights.map((sight) => apart(labOf(seen(first, sight)), labOf(seen(second, sight)))),
  )
}

/** White on a colour: 1 to 21. */
export const whiteOn = (colour: string): number =>
  1.05 / (dot([0.2126, 0.7152, 0.0722], linearOf(colour)) + 0.05)

/** Every colour of a coarse grid, for when the palette is used up. */
const grid: readonly string[] = [...Array.from({ length: 16 ** 3 }).keys()].map((index) => {
  const digit = (value: number) => ((value % 16) * 17).toString(16).padStart(2, '0')
  return `#${digit(index >> 8)}${digit(index >> 4)}${digit(index)}`
})

/**
 * The colour nearest to `wanted` that is far enough from all `taken` and dark enough for white: of the
 * palette if it has one left. Undefined: there is none.
 */
export function nearestFree(
  wanted: string,
  taken: readonly string[],
  palette: readonly string[],
): string | undefined {
  const isFree = (colour: string) =>
    whiteOn(colour) >= leastContrast &&
    taken.every((each) => distance(each, colour) >= leastDistance)
  const target = labOf(linearOf(wanted))
  const byNearness = (colours: readonly string[]) =>
    colours
      .map((colour) => ({ colour, away: apart(labOf(linearOf(colour)), target) }))
      .toSorted((a, b) => a.away - b.away)
      .map(({ colour }) => colour)
  return byNearness(palette).find(isFree) ?? byNearness(grid).find(isFree)
}

export interface Coloured {
  readonly id: number
  readonly color: string
}

/** The one that looks most like `outcome`, if any is too close; only `others` count. */
export function closest<Other extends Coloured>(
  outcome: Coloured,
  others: readonly Other[],
): { readonly other: Other; readonly away: number } | undefined {
  const [nearest] = others
    .filter(({ id }) => id !== outcome.id)
    .map((other) => ({ other, away: distance(outcome.color, other.color) }))
    .toSorted((a, b) => a.away - b.away)
  return nearest && nearest.away < leastDistance ? nearest : undefined
}

/** A source of numbers in [0, 1). */
export type Random = () => number

/**
 * The sfc32 generator (small fast counter), its state filled by splitmix32. `seed` and `stream` are
 * read as 32-bit integers. Each stream of a seed is a separate sequence.
 */
export function newRandom(seed: number, stream: number): Random {
  const start = scramble(scramble(seed | 0) ^ stream)
  let a = scramble(start + 0x9e3779b9)
  let b = scramble(start + 0x3c6ef372)
  let c = scramble(start + 0xdaa66d2b)
  let counter = 1
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
}

/** A whole number in [0, limit). */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

/** A whole number in [low, high]. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[below(random, list.length)]
  if (item === undefined) throw new Error('Pick from a list with at least one item')
  return item
}

/** A normally distributed number, mean 0 and deviation 1 (Box-Muller). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The finalizer of splitmix32: every bit of the input moves every bit of the answer. */
function scramble(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x21f0aaad)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

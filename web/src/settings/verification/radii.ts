import { verificationRadiusMaxM, verificationRadiusMinM } from '@doorstep/contract/limits'

/** Up to so many metres, in steps of so many: each is about 7 % farther than the one before. */
const steps = [
  [100, 5],
  [200, 10],
  [500, 25],
  [1_000, 50],
  [verificationRadiusMaxM, 100],
] as const

function list(): readonly number[] {
  const radii: number[] = [verificationRadiusMinM]
  for (const [until, step] of steps) {
    for (let m = (radii.at(-1) ?? 0) + step; m <= until; m += step) radii.push(m)
  }
  return radii
}

/** The radii on which the slider stops. */
export const radii = list()
export const lastStop = radii.length - 1

/** Where a radius lies on the slider, between two stops if it is none of them. */
export function stopOf(radiusM: number): number {
  const above = radii.findIndex((m) => m >= radiusM)
  const [high, low] = [radii[above], radii[above - 1]]
  if (above === -1) return lastStop
  if (high === undefined || low === undefined) return 0
  return above - (high - radiusM) / (high - low)
}

export const radiusAt = (stop: number): number => radii[Math.round(stop)] ?? verificationRadiusMinM

/** A radius that was typed; undefined: it is none, or out of bounds. */
export function radiusOf(typed: string): number | undefined {
  const radiusM = Number(typed)
  const isRadius =
    /^\d+$/.test(typed.trim()) &&
    radiusM >= verificationRadiusMinM &&
    radiusM <= verificationRadiusMaxM
  return isRadius ? radiusM : undefined
}

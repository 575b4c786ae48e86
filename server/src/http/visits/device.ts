import type { Device } from '@doorstep/contract/devices'
import { futureMaxMs } from '@doorstep/contract/limits'

import { isInCalendar, parseTime } from '../../domain/clock.ts'
import type { VisitDraft } from '../../rules/check-ins.ts'
import { type Problem, fieldProblem } from '../errors.ts'

const fixAttributes = ['latitude', 'longitude', 'accuracy_m', 'fix_at', 'captured_at'] as const

const requiredAttributes = ['latitude', 'longitude', 'fix_at', 'captured_at'] as const

/**
 * A device reports either why it has no fix, or a complete fix. One that is no place, or has no
 * accuracy, is no problem of the body: the visit is kept, and not verified.
 */
export function findDeviceProblems(device: Device, now: number): Problem[] {
  const given = fixAttributes.filter((name) => (device[name] ?? undefined) !== undefined)
  if (device.unavailable !== undefined) {
    const why = 'cannot be given together with "unavailable"'
    return given.map((name) => problem(`/device/${name}`, 'incorrect_value', why))
  }
  const absent = requiredAttributes.filter((name) => device[name] === undefined)
  const skewMs = skewOf(device, now)
  const ofTime = (name: 'fix_at' | 'captured_at') =>
    findTimeProblems(`/device/${name}`, timeOf(device[name]), skewMs, now)
  return [
    ...absent.map((name) => problem(`/device/${name}`, 'missing', 'must be given')),
    ...ofTime('fix_at'),
    ...ofTime('captured_at'),
  ]
}

/** What is wrong with a time, in ms, of a clock that is ahead by `skewMs`. */
export function findTimeProblems(
  field: string,
  at: number | undefined,
  skewMs: number,
  now: number,
): Problem[] {
  if (at === undefined) return []
  const corrected = at - skewMs
  const why =
    corrected > now + futureMaxMs
      ? 'must not be more than 5 minutes in the future'
      : 'must lie in the years 0001 to 9999, also after the correction by sent_at'
  const isAllowed = corrected <= now + futureMaxMs && isInCalendar(corrected)
  return isAllowed ? [] : [problem(field, 'incorrect_value', why)]
}

const problem = (field: string, code: 'missing' | 'incorrect_value', why: string): Problem =>
  fieldProblem('visit', field, code, why)

/** Reads a device report without problems; its times are corrected by the phone's clock skew. */
export function readDevice(device: Device, now: number): VisitDraft['device'] {
  if (device.unavailable !== undefined) return { unavailable: device.unavailable }
  const { latitude, longitude } = device
  const fixAt = timeOf(device.fix_at)
  const capturedAt = timeOf(device.captured_at)
  if (
    latitude === undefined ||
    longitude === undefined ||
    fixAt === undefined ||
    capturedAt === undefined
  ) {
    throw new Error('the checks allow an incomplete device report')
  }
  const skewMs = skewOf(device, now)
  return {
    latitude,
    longitude,
    accuracyM: device.accuracy_m ?? null,
    accuracyConfidence: device.accuracy_confidence ?? 0.95,
    fixAt: fixAt - skewMs,
    capturedAt: capturedAt - skewMs,
    isMock: device.is_mock ?? false,
    skewMs,
  }
}

/** How far the phone's clock is ahead; 0 where transit can explain the difference. */
export function skewOf(device: Device | null | undefined, now: number): number {
  const sentAt = timeOf(device?.sent_at)
  const skewMs = sentAt === undefined ? 0 : sentAt - now
  return Math.abs(skewMs) > futureMaxMs ? skewMs : 0
}

export const timeOf = (text: string | null | undefined): number | undefined =>
  text === undefined || text === null ? undefined : parseTime(text)

const locale = navigator.language

/** A time zone as browsers know it; Sell writes `UTC+01:00`. Undefined: the browser's own. */
export function zoneOf(timezone: string | null | undefined): string | undefined {
  if (!timezone) return undefined
  const name = timezone.replace(/^(?:UTC|GMT)(?=[+-])/, '')
  return isKnown(name) ? name : undefined
}

const known = new Map<string, boolean>()

function isKnown(zone: string): boolean {
  let answer = known.get(zone)
  if (answer === undefined) {
    try {
      new Intl.DateTimeFormat(locale, { timeZone: zone })
      answer = true
    } catch {
      answer = false
    }
    known.set(zone, answer)
  }
  return answer
}

const offsets = new Map<string, Intl.DateTimeFormat>()

function offsetOf(time: string, zone: string | undefined): string | undefined {
  const key = zone ?? ''
  let format = offsets.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZoneName: 'shortOffset',
      ...(zone !== undefined && { timeZone: zone }),
    })
    offsets.set(key, format)
  }
  const parts = format.formatToParts(new Date(time))
  return parts.find((part) => part.type === 'timeZoneName')?.value
}

/** "GMT−1" if clocks in the zone show another time than those in `than`, or the browser's; null otherwise. */
export function otherZone(time: string, zone: string | undefined, than?: string): string | null {
  if (zone === undefined) return null
  const offset = offsetOf(time, zone)
  return offset === undefined || offset === offsetOf(time, than) ? null : offset.replace('-', '−')
}

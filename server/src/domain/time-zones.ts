const offsetPattern = /^UTC([+-](?:0\d|1[0-4]):[0-5]\d)$/

/** Whether the text is a name as `Europe/Berlin`, or an offset as `UTC+01:00`. */
export function isTimeZone(text: string): boolean {
  if (offsetPattern.test(text)) return true
  if (!/^[A-Za-z][\w+/-]*$/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The offset of a time zone at `at` (ms), as Sell writes it: `UTC+01:00`. */
export function utcOffsetOf(timeZone: string, at: number): string {
  if (timeZone.startsWith('UTC+') || timeZone.startsWith('UTC-')) return timeZone
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const parts = format.formatToParts(at)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice('GMT'.length)
  return `UTC${offset || '+00:00'}`
}

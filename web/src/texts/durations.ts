const bound = '\u00a0'

/** "4 s", "19 min", "6 h 12 min", "9 d" */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)}${bound}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}${bound}min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.round(hours / 24)}${bound}d`
  const rest = minutes % 60
  return rest === 0 ? `${hours}${bound}h` : `${hours}${bound}h${bound}${rest}${bound}min`
}

const bare = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?)?(?: ?UTC)?$/

/** Adds the offset to a time without one. Any other text stays unchanged. */
export function csvTime(cell: string, offset: string): string {
  const found = bare.exec(cell)
  if (!found) return cell
  const [, day, minute = '00:00', second = ':00'] = found
  return `${day}T${minute}${second}${cell.endsWith('UTC') ? 'Z' : offset}`
}

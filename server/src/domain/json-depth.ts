/** Levels of JSON that are taken from outside. Whatever reads it later may recurse into it. */
export const jsonDepthMax = 20

const [quote, backslash] = [34, 92]
const opening = new Set([91, 123])
const closing = new Set([93, 125])

/** Whether objects and lists are nested deeper than `max` levels. The text need not be valid. */
export function isTooDeep(text: string, max = jsonDepthMax): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = stringEnd(text, at)
    else if (opening.has(code)) depth++
    else if (closing.has(code)) depth--
    if (depth > max) return true
  }
  return false
}

/** The quote that closes the string which begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at
    if (code === backslash) at++
  }
  return text.length
}

/** The same of a value that has been parsed. */
export function isValueTooDeep(value: unknown, max = jsonDepthMax): boolean {
  if (typeof value !== 'object' || value === null) return false
  return max === 0 || Object.values(value).some((each) => isValueTooDeep(each, max - 1))
}

export const tooDeep = `must not be nested deeper than ${jsonDepthMax} levels`

const widthMax = 98
const indent = '  '

/** The lines of an answer as the page prints it: JSON broken where a line would be too long. */
export const printed = (output: string): string[] =>
  output
    .split(/\r?\n|(?<=\})(?=\{)/)
    .filter((line) => line !== '')
    .flatMap((line) => (/^[{[]/.test(line) ? broken(JSON.parse(line), '', '') : [line]))

/** Long objects and lists have a line for each member. */
function broken(value: unknown, margin: string, name: string): string[] {
  const flat = `${margin}${name}${JSON.stringify(value)}`
  if (typeof value !== 'object' || value === null || flat.length <= widthMax) return [flat]
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const members = Object.entries(value)
  const lines = members.flatMap(([key, member], index) => {
    const own = broken(member, margin + indent, isList ? '' : `${JSON.stringify(key)}: `)
    return index < members.length - 1 ? [...own.slice(0, -1), `${own.at(-1)},`] : own
  })
  return [`${margin}${name}${open}`, ...lines, `${margin}${close}`]
}

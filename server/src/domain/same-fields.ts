/** Whether two objects of one type are equal, whatever the order of their fields. */
export const sameFields = <Type extends object>(a: Type, b: Type): boolean => {
  const others: [string, unknown][] = Object.entries(b)
  return Object.entries(a).every(([name, value], at) => {
    // NOTE: mostly the order is the same, and imports compare millions.
    const found = others[at]?.[0] === name ? others[at] : others.find(([each]) => each === name)
    const other = found?.[1]
    return value === other || JSON.stringify(value) === JSON.stringify(other)
  })
}

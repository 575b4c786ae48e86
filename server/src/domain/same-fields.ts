/** Whether two objects of one type are equal, whatever the order of their fields. */
export const sameFields = <Type extends object>(a: Type, b: Type): boolean => {
  const other = new Map<string, unknown>(Object.entries(b))
  return Object.entries(a).every(
    ([name, value]) =>
      value === other.get(name) || JSON.stringify(value) === JSON.stringify(other.get(name)),
  )
}

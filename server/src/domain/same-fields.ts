/** Whether two objects of one type say the same, in whatever order their fields were written. */
export const sameFields = <Type extends object>(a: Type, b: Type): boolean => {
  const other = new Map<string, unknown>(Object.entries(b))
  return Object.entries(a).every(
    ([name, value]) =>
      value === other.get(name) || JSON.stringify(value) === JSON.stringify(other.get(name)),
  )
}

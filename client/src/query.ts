export type QueryValue = string | number | boolean | readonly (string | number)[] | undefined
export type QueryValues = Readonly<Record<string, QueryValue>>

/** A query of the contract, in which an optional parameter may be undefined: not asked for. */
export type Query<Contract> = {
  readonly [Name in keyof Contract]:
    | Readonly<Contract[Name]>
    | (object extends Pick<Contract, Name> ? undefined : never)
}

/** `?name=value&...`, lists as `1,2`; empty when nothing is asked for. */
export function printQuery(query: QueryValues): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value))
  }
  return parameters.size > 0 ? `?${parameters}` : ''
}

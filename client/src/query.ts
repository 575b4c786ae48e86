import { isRecord } from './json.ts'

export type QueryValue =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | { readonly [Name in string]: string | undefined }
  | undefined
export type QueryValues = Readonly<Record<string, QueryValue>>

/**
 * A query of the contract. An optional parameter that is undefined is not sent. A list of one value may
 * be given as that value.
 */
export type Query<Contract> = {
  readonly [Name in keyof Contract]:
    | Readonly<Contract[Name]>
    | OneOf<Contract[Name]>
    | (object extends Pick<Contract, Name> ? undefined : never)
}

/** The values of a list of any length. */
type OneOf<Values> = Values extends readonly (infer Value)[]
  ? number extends Values['length']
    ? Value
    : never
  : never

/** `?name=value&...`, with lists as `1,2` and objects as `name[member]=value`, or ''. */
export function printQuery(query: QueryValues): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (isRecord(value)) setMembers(parameters, name, value)
    else if (value !== undefined) parameters.set(name, String(value))
  }
  return parameters.size > 0 ? `?${parameters}` : ''
}

function setMembers(
  parameters: URLSearchParams,
  name: string,
  members: Readonly<Record<string, unknown>>,
): void {
  for (const [member, value] of Object.entries(members)) {
    if (value !== undefined) parameters.set(`${name}[${member}]`, String(value))
  }
}

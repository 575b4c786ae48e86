/** The part of JSON Schema that samples are made by. */
interface Described {
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Described[]
  readonly type?: string
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly items?: Described
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Described>>
}

/** The smallest value of a schema: an object has only what is required. */
export function sampleOf(schema: Described): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0])
  switch (schema.type) {
    case 'object': {
      const names = schema.required ?? []
      return Object.fromEntries(
        names.map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
      )
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
    case 'string':
      return schema.format ? '2026-01-05T09:00:00Z' : 'a'.repeat(schema.minLength ?? 1)
    case 'boolean':
      return true
    default:
      return schema.minimum ?? 1
  }
}

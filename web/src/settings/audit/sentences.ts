import type { AuditEntry } from '@doorstep/contract/audit'

import { type AuditAttribute, audit as words } from '../../texts/en/audit.ts'
import { parts } from '../../texts/en/parts.ts'

const actions = new Map<string, string>(Object.entries(words.actions))
const kinds = new Map<string, string>(Object.entries(words.kinds))
const lists = new Map<string, string>(Object.entries(words.lists))
const attributes = new Map<string, AuditAttribute>(Object.entries(words.attributes))
const outcomes = new Map(
  Object.entries(words.details).map(([name, values]) => {
    return [name, new Map<string, string>(Object.entries(values))]
  }),
)
const means = new Map<string, string>(Object.entries(words.means))

/** Who did it: a person, or what has no person. */
export function actorOf({
  actor_name: name,
  actor_id: id,
  means: by,
  details,
}: AuditEntry): string {
  if (name !== null) return name
  if (id !== null) return words.user(id)
  // Who used the code for the second time is unknown, and it was not they who ended what was allowed.
  if (details['by'] === 'code_used_twice') return words.means.server
  return means.get(by ?? '') ?? words.nobody
}

/** The word of what a newer server notes, for which there are none here. */
const bare = (name: string): string => name.replaceAll('_', ' ')

/** What was done. */
export const actionOf = ({ action }: AuditEntry): string => actions.get(action) ?? bare(action)

/** Of these, the action says what they are. */
const namedByAction = new Set(['token', 'oauth_client', 'grant', 'visit_outcome', 'import'])

/** To what, by its name where it has one. */
export function subjectOf(entry: AuditEntry): string {
  const { subject_kind: kind, subject_id: id, subject_name: name, details } = entry
  if (name) return kind === 'token' ? parts.quoted(name) : name
  if (kind === null || id === null) {
    if (entry.action === 'sign_in_failed') return words.unknownAddress
    const { list } = details
    return typeof list === 'string' ? (lists.get(list) ?? bare(list)) : ''
  }
  return namedByAction.has(kind) ? String(id) : words.numbered(kinds.get(kind) ?? bare(kind), id)
}

/** The token that it was done with; undefined: none. */
export function tokenOf({ token_id: id, token_name: name }: AuditEntry): string | undefined {
  if (id === null) return undefined
  return name ? words.byToken(name) : words.byUnnamedToken(id)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The name of a user by their id; undefined: unknown here. */
export type NameOfUser = (id: number) => string | undefined

/** How it went, or what somebody got: without it, the sentence is half of what is said. */
export const outcomesOf = ({ details }: AuditEntry): string[] =>
  [...outcomes].flatMap(([name, values]) => {
    const value = details[name]
    if (typeof value !== 'string') return []
    const said = values.get(value) ?? bare(value)
    return said === '' ? [] : [said]
  })

function printed(value: unknown, attribute: AuditAttribute | undefined, nameOf: NameOfUser) {
  if (value === null || value === '') return attribute?.none ?? words.empty
  if (attribute?.isUser) return nameOf(Number(value)) ?? words.user(Number(value))
  return attribute?.print?.(value) ?? attribute?.values?.[String(value)] ?? String(value)
}

/** From what to what it changed: of each attribute a line, whose parts have each their own direction. */
export function changesOf({ details }: AuditEntry, nameOf: NameOfUser): string[][] {
  const { changes } = details
  if (!isObject(changes)) return []
  return Object.entries(changes).map(([key, change]) => {
    const attribute = attributes.get(key)
    const name = attribute?.name ?? bare(key)
    if (!isObject(change) || !('to' in change)) return [words.changed(name)]
    const print = (value: unknown) => printed(value, attribute, nameOf)
    return words.change(name, print(change['from']), print(change.to))
  })
}

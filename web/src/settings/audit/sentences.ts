import type { AuditEntry } from '@doorstep/contract/audit'

import { audit as words } from '../../texts/en/audit.ts'

const actions = new Map<string, string>(Object.entries(words.actions))
const means = new Map<string, string>(Object.entries(words.means))

/** Who did it: a person, or what has no person. */
export const actorOf = ({ actor_name: name, actor_id: id, means: by }: AuditEntry): string =>
  name ?? (id === null ? (means.get(by ?? '') ?? words.nobody) : words.user(id))

/** What was done; the bare word of an action that a newer server notes. */
export const actionOf = ({ action }: AuditEntry): string =>
  actions.get(action) ?? action.replaceAll('_', ' ')

/** Of these, the action says what they are. */
const namedByAction = new Set(['token', 'oauth_client', 'grant', 'visit_outcome', 'import'])

/** To what, by its name where it has one. */
export function subjectOf(entry: AuditEntry): string {
  const { subject_kind: kind, subject_id: id, subject_name: name, details } = entry
  if (name) return name
  if (kind === null || id === null) {
    if (entry.action === 'sign_in_failed') return words.unknownAddress
    return typeof details['list'] === 'string' ? details['list'] : ''
  }
  return namedByAction.has(kind) ? String(id) : words.numbered(kind, id)
}

/** The token that it was done with; undefined: none. */
export function tokenOf({ token_id: id, token_name: name }: AuditEntry): string | undefined {
  if (id === null) return undefined
  return name ? words.byToken(name) : words.byUnnamedToken(id)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const printed = (value: unknown): string =>
  value === null || value === '' ? words.empty : String(value)

/** Details without which the sentence is half of it: how an import ended, what was decided. */
const shown = ['role', 'status', 'state', 'by']

/** How it went, or what somebody got. */
export const outcomesOf = ({ details }: AuditEntry): string[] =>
  shown.flatMap((name) => {
    const value = details[name]
    return typeof value === 'string' ? [words.detail(name, value.replaceAll('_', ' '))] : []
  })

/** From what to what it changed, a line for each attribute. */
export function changesOf({ details }: AuditEntry): string[] {
  const { changes } = details
  if (!isObject(changes)) return []
  return Object.entries(changes).map(([attribute, change]) => {
    const name = attribute.replaceAll('_', ' ')
    if (!isObject(change) || !('to' in change)) return words.changed(name)
    return words.change(name, printed(change['from']), printed(change.to))
  })
}

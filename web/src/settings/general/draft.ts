import type { SettingsChange } from '@doorstep/client/settings'
import { retentionHoursMax, visitEveryDaysMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'

/** The settings as they are typed. */
export interface Draft {
  readonly name: string
  readonly timezone: string
  /** Empty: customers are not visited regularly. */
  readonly visitEvery: string
  readonly retention: string
}

export const draftOf = (settings: Settings): Draft => ({
  name: settings.name,
  timezone: settings.timezone,
  visitEvery: settings.visit_every_days === null ? '' : String(settings.visit_every_days),
  retention: String(settings.retention_hours),
})

export type Field = keyof Draft
const fields = ['name', 'timezone', 'visitEvery', 'retention'] as const

const isWhole = (typed: string, most: number): boolean =>
  /^\d{1,6}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most

/** Whether what was typed can be saved; the server alone knows all time zones. */
const isRight: Readonly<Record<Field, (typed: string) => boolean>> = {
  name: (typed) => typed !== '',
  timezone: (typed) => typed !== '',
  visitEvery: (typed) => typed === '' || isWhole(typed, visitEveryDaysMax),
  retention: (typed) => isWhole(typed, retentionHoursMax),
}

export const changedIn = (draft: Draft, present: Draft): readonly Field[] =>
  fields.filter((field) => draft[field].trim() !== present[field])

export const isWrong = (draft: Draft, field: Field): boolean => !isRight[field](draft[field].trim())

/** What the API is to change. */
export function changeOf(draft: Draft, changed: readonly Field[]): SettingsChange {
  const has = (field: Field) => changed.includes(field)
  const visitEvery = draft.visitEvery.trim()
  return {
    ...(has('name') && { name: draft.name.trim() }),
    ...(has('timezone') && { timezone: draft.timezone.trim() }),
    ...(has('visitEvery') && { visit_every_days: visitEvery === '' ? null : Number(visitEvery) }),
    ...(has('retention') && { retention_hours: Number(draft.retention) }),
  }
}

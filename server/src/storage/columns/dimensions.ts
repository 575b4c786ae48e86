import type { ReportKey } from '../../domain/visit-reports.ts'
import { resourceKinds, statuses, word } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'
import { dayNumbers, mondayOf, monthOf, printDay, printMonth } from './days.ts'

/** What rows of a report are made by: a whole number for each visit, and how it is answered. */
export interface Dimension {
  readonly key: ReportKey
  readonly codeOf: (slot: number) => number
  readonly print: (code: number) => string | number | null
  /** Rows are sorted by this. */
  readonly orderOf: (code: number) => number
}

export function dimensionOf(key: ReportKey, columns: AccountColumns, timezone: string): Dimension {
  return { key, ...makers[key](columns, timezone) }
}

type Maker = (columns: AccountColumns, timezone: string) => Omit<Dimension, 'key'>

const byCode = (code: number): number => code

const byDay =
  (periodOf: (day: number) => number, print: (code: number) => string): Maker =>
  ({ visits }, timezone) => {
    const dayOf = dayNumbers(timezone)
    return {
      codeOf: (slot) => periodOf(dayOf(visits.visitedAt[slot] ?? 0)),
      print,
      orderOf: byCode,
    }
  }

/** Ids in their order, null before all. */
const byId = (
  codeOf: (slot: number) => number,
  idOf: (code: number) => number | null,
): Omit<Dimension, 'key'> => ({ codeOf, print: idOf, orderOf: (code) => idOf(code) ?? 0 })

const makers: Readonly<Record<ReportKey, Maker>> = {
  day: byDay(byCode, printDay),
  week: byDay(mondayOf, printDay),
  month: byDay(monthOf, printMonth),
  creator: ({ visits, users }) =>
    byId(
      (slot) => visits.creators[slot] ?? 0,
      (code) => users.id(code),
    ),
  team: (columns) =>
    byId(
      (slot) => columns.managerOf(columns.visits.creators[slot] ?? 0),
      (code) => columns.users.id(code),
    ),
  outcome: ({ visits, outcomes }) =>
    byId(
      (slot) => visits.outcomes[slot] ?? 0,
      (code) => outcomes.id(code),
    ),
  status: ({ visits }) => ({
    codeOf: (slot) => visits.statuses[slot] ?? 0,
    print: (code) => word(statuses, code),
    orderOf: byCode,
  }),
  resource_type: ({ visits, records }) => ({
    codeOf: (slot) => records.kinds[visits.records[slot] ?? 0] ?? 0,
    print: (code) => word(resourceKinds, code),
    orderOf: byCode,
  }),
}

import type { VisitHistoryReads } from '../../domain/visit-history.ts'
import type { Database, Dialect } from '../database.ts'
import { word } from '../schema.ts'

export const visitHistoryReads = (database: Database): VisitHistoryReads => ({
  async list(account, visitId, { offset, limit }) {
    const [rows, [counted]] = await database.read((reader) =>
      Promise.all([
        reader.query(entries(database.dialect), { account, visit: visitId, limit, skip: offset }),
        reader.query(expired, { account, visit: visitId }),
      ]),
    )
    return {
      rows: rows.slice(0, limit).map((row) => ({
        kind: word(kinds, Number(row['kind'])),
        sequence: Number(row['sequence']),
        at: Number(row['at']),
        text: String(row['text']),
      })),
      hasMore: rows.length > limit,
      expiredEvents: Number(counted?.['events'] ?? 0),
    }
  },
})

const reviewText = ({ json }: Dialect): string =>
  `'{"action":"' || verdict || '","note":' || ${json('note')} || ',"by":' || user_id || '}'`

const kinds = ['event', 'review', 'finding'] as const

/** A finding stands between the event after which it was made and the one that replaced it. */
const entries = (dialect: Dialect): string => `
  select kind, sequence, at, text from (
    select 0 kind, sequence, 0 number, appended_at at, body text from visit_events
    where account_id = :account and visit_id = :visit
    union all
    select 1 kind, sequence, number, at, ${reviewText(dialect)} text from visit_reviews
    where account_id = :account and visit_id = :visit
    union all
    select 2 kind, sequence, 0 number, replaced_at at, evidence text from past_verifications
    where account_id = :account and visit_id = :visit
  ) entry
  order by sequence, kind, number limit :limit + 1 offset :skip + 0`

/** Sequences have no gaps, and the oldest events expire first. */
const expired = `
  select v.sequence - count(e.sequence) events
  from visits v left join visit_events e on e.account_id = v.account_id and e.visit_id = v.id
  where v.account_id = :account and v.id = :visit group by v.sequence`

import { FindingIcon } from '../parts/FindingIcon.tsx'
import { texts } from '../texts/texts.ts'
import { useSyncedAt } from './use-synced-at.ts'
import type { Waiting } from './use-waiting.ts'
import { WaitingRow } from './WaitingRow.tsx'

const { waiting: words } = texts

/** "2 waiting, 1 needs you", or "Sending 2". */
export function stateOf(waiting: readonly Waiting[]): string {
  const refused = waiting.filter(({ kind }) => kind === 'refused').length
  if (waiting.some(({ kind }) => kind === 'sending')) return words.sending(waiting.length - refused)
  return words.state(waiting.length - refused, refused)
}

/** What waits on this phone; nothing if nothing does. */
export function WaitingList({ waiting }: { readonly waiting: readonly Waiting[] }) {
  const synced = useSyncedAt()
  if (waiting.length === 0) return undefined
  const kind = waiting.every((each) => each.kind === 'refused') ? 'refused' : 'waiting'
  return (
    <section className="phone-list waiting-list" aria-label={texts.myVisits.waiting}>
      <div className="head">
        <span className={`finding ${kind}`}>
          <FindingIcon kind={kind} size={20} />
        </span>
        <span role="status">{stateOf(waiting)}</span>
        {synced !== null && <span className="end num">{words.synced(synced)}</span>}
      </div>
      <ul>
        {waiting.map((each) => (
          <WaitingRow key={each.row.key} waiting={each} />
        ))}
      </ul>
    </section>
  )
}

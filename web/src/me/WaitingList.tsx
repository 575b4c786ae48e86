import type { Waiting } from '../offline/use-waiting.ts'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { texts } from '../texts/texts.ts'
import { useSyncedAt } from './use-synced-at.ts'
import { WaitingRow } from './WaitingRow.tsx'

const { waiting: words } = texts

/** "2 waiting, 1 needs you", or "Sending 2". */
export const stateOf = (all: number, refused: number, isSending: boolean): string =>
  isSending && all > refused ? words.sending(all - refused) : words.state(all - refused, refused)

/** What waits on this phone; nothing if nothing does. */
export function WaitingList({ waiting }: { readonly waiting: readonly Waiting[] }) {
  const synced = useSyncedAt()
  if (waiting.length === 0) return undefined
  const refused = waiting.filter((each) => each.kind === 'refused').length
  const isSending = waiting.some((each) => each.kind === 'sending')
  const kind = refused === waiting.length ? 'refused' : 'waiting'
  return (
    <section className="phone-list waiting-list" aria-label={texts.myVisits.waiting}>
      <div className="head">
        <span className={`finding ${kind}`}>
          <FindingIcon kind={kind} size={20} />
        </span>
        <span role="status">{stateOf(waiting.length, refused, isSending)}</span>
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

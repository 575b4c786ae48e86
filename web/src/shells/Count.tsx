import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { shells } = texts
const most = 99

/** How many wait behind an entry, at its corner; nothing if none do. */
export const Count = ({ value }: { readonly value: number }) =>
  value > 0 && (
    <span className={value > most ? 'count num long' : 'count num'}>
      <span aria-hidden="true">{value > most ? shells.many : count(value)}</span>
      <span className="unseen">{` ${shells.waiting(value)}`}</span>
    </span>
  )

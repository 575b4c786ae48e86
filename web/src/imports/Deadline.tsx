import { daysAgo, printShortDay } from '../texts/days.ts'
import { imports } from '../texts/en/imports.ts'

/** When Sell deletes its data. */
const deletedOn = '2027-08-31'

/** How long there is still something to import. */
export const Deadline = () => (
  <p className="faint small">{imports.deadline(printShortDay(deletedOn), -daysAgo(deletedOn))}</p>
)

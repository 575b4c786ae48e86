import { daysAgo, printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'

/** When Sell deletes its data. */
const deletedOn = '2027-08-31'

/** How long there is still something to import. */
export const Deadline = () => (
  <p className="faint small">
    {texts.imports.deadline(printShortDay(deletedOn), -daysAgo(deletedOn))}
  </p>
)

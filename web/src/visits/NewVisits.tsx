import './new-visits.css'
import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import type { VisitList } from './use-visit-list.ts'

/** Says how many visits are new, and shows them when it is pressed: nothing moves by itself. */
export const NewVisits = ({ list }: { readonly list: VisitList }) =>
  list.fresh > 0 && (
    <Button kind="primary" size="small" className="new-visits" onClick={list.readAgain}>
      {texts.visits.fresh(list.fresh)}
    </Button>
  )

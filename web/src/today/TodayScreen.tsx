import '../me/phone-screen.css'
import './today.css'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { AsOf } from '../me/AsOf.tsx'
import { NoNetwork } from '../me/NoNetwork.tsx'
import { WaitingList } from '../me/WaitingList.tsx'
import { useSafety } from '../offline/safety.ts'
import { useHere } from '../offline/use-here.ts'
import { useRecordSync } from '../offline/use-records.ts'
import { useWaiting } from '../offline/use-waiting.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { startOf, today as dayToday } from '../texts/days.ts'
import { longDay } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { AddStops } from './AddStops.tsx'
import { DayProgress } from './DayProgress.tsx'
import { planEdits } from './edit-plan.ts'
import { SkipSheet } from './SkipSheet.tsx'
import { StopRow } from './StopRow.tsx'
import { type KnownStop, usePlan } from './use-plan.ts'
import { Way } from './Way.tsx'

const { today: words } = texts

/** Whom the rep means to visit today, in which order, and how far it is done. */
export function TodayScreen() {
  const date = dayToday()
  const plan = usePlan(date)
  const waiting = useWaiting()
  const here = useHere().fix
  const [isAdding, setIsAdding] = useState(false)
  useTitle(texts.screens.today)
  useRecordSync()
  const { stops } = plan
  const isInPage = useSafety() === 'page'
  return (
    <div className="phone-page phone-screen today">
      <header>
        <div>
          <p className="date">{longDay(startOf(date))}</p>
          <h1>{titleOf(stops, plan.isKnown)}</h1>
        </div>
        <NoNetwork />
      </header>
      {stops.length > 0 && <DayProgress stops={stops} />}
      <WaitingList waiting={waiting} />
      {stops.length > 0 && (
        <Stops date={date} stops={stops} here={here} onAdd={() => setIsAdding(true)} />
      )}
      {plan.isLoading && <Skeleton rows={4} />}
      {!plan.isLoading && !plan.isKnown && plan.query.error && (
        <Failed
          title={words.failed}
          error={plan.query.error}
          onRetry={() => void plan.query.refetch()}
        />
      )}
      {!plan.isLoading && stops.length === 0 && (
        <Empty title={words.empty.title} help={words.empty.help}>
          <Button kind="primary" onClick={() => setIsAdding(true)}>
            <Plus aria-hidden="true" />
            {words.add}
          </Button>
        </Empty>
      )}
      {plan.isUnsent && <p className="fine">{words.unsent(isInPage)}</p>}
      <AsOf query={plan.query} />
      <AddStops
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        planned={stops.map(({ key }) => key)}
        here={here}
        onAdd={planEdits(date, stops).add}
      />
    </div>
  )
}

function titleOf(stops: readonly KnownStop[], isKnown: boolean): string {
  if (stops.length === 0) return isKnown ? words.nothing : texts.screens.today
  return words.done(stops.filter(({ state }) => state === 'visited').length, stops.length)
}

interface StopsProps {
  readonly date: string
  readonly stops: readonly KnownStop[]
  readonly here: Parameters<typeof Way>[0]['here']
  readonly onAdd: () => void
}

function Stops({ date, stops, here, onAdd }: StopsProps) {
  const [skipping, setSkipping] = useState<KnownStop | null>(null)
  const edits = planEdits(date, stops)
  const next = stops.find(({ state }) => state === 'planned')
  return (
    <section aria-label={words.stops}>
      <div className="section-head">
        <h2>{words.stops}</h2>
        <span className="spread" />
        <Way stops={stops} here={here} onReorder={edits.reorder} />
      </div>
      <ol className="stops">
        {stops.map((stop, index) => (
          <StopRow
            key={stop.key}
            stop={stop}
            number={index + 1}
            isNext={stop === next}
            here={here}
            edits={edits}
            onSkip={() => setSkipping(stop)}
          />
        ))}
      </ol>
      <Button isWide className="add" onClick={onAdd}>
        <Plus aria-hidden="true" />
        {words.add}
      </Button>
      <SkipSheet stop={skipping} onClose={() => setSkipping(null)} onSkip={edits.skip} />
    </section>
  )
}

import './visit-outcomes.css'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { outcomeCountsQuery } from '../../api/visit-outcome-changes.ts'
import { type KnownOutcome, outcomesQuery } from '../../api/visit-outcomes.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { NewOutcome } from './NewOutcome.tsx'
import { OutcomeEditor } from './OutcomeEditor.tsx'
import { OutcomeRows } from './OutcomeRows.tsx'
import { RepPreview } from './RepPreview.tsx'
import { useSaveOutcome } from './use-save-outcome.ts'

const { visitOutcomes: words } = texts

type Open = number | 'new' | undefined

/** Where the outcome is put among all, so that it stands at a place among the active ones. */
function positionFor(outcomes: readonly KnownOutcome[], id: number, to: number): number {
  const others = outcomes.filter((each) => each.id !== id)
  const active = others.filter(({ isActive }) => isActive)
  const next = active[to]
  const last = active.at(-1)
  if (next) return others.indexOf(next) + 1
  return last ? others.indexOf(last) + 2 : 1
}

interface OutcomesProps {
  readonly outcomes: readonly KnownOutcome[]
  readonly open: Open
  readonly onOpen: (open: Open) => void
}

function Outcomes({ outcomes, open, onOpen }: OutcomesProps) {
  const { data: counts } = useQuery(outcomeCountsQuery)
  const saving = useSaveOutcome()
  const isAdmin = useIsAdmin()
  const active = outcomes.filter(({ isActive }) => isActive)
  const inactive = outcomes.filter(({ isActive }) => !isActive)
  const opened = outcomes.find(({ id }) => id === open)
  const rows = {
    counts,
    selectedId: opened?.id,
    onSelect: (id: number) => onOpen(id === open ? undefined : id),
    onActive: ({ id, name }: KnownOutcome, isActive: boolean) =>
      saving.save(id, { active: isActive }, words.activeIs(name, isActive)),
  }
  const move = (id: number, to: number) => {
    const name = active.find((each) => each.id === id)?.name ?? ''
    saving.save(id, { position: positionFor(outcomes, id, to) }, words.moved(name))
  }
  const close = () => onOpen(undefined)
  return (
    <div className="outcome-settings">
      <div className="lists">
        <OutcomeRows name={words.ordered} outcomes={active} onMove={move} {...rows} />
        {inactive.length > 0 && <OutcomeRows name={words.inactive} outcomes={inactive} {...rows} />}
        {active.length > 0 && <RepPreview outcomes={active} />}
      </div>
      {isAdmin && (
        <div className="side">
          {opened && (
            <OutcomeEditor
              key={opened.id}
              outcome={opened}
              outcomes={outcomes}
              visits={counts?.get(opened.id) ?? 0}
              saving={saving}
              onClose={close}
            />
          )}
          {open === 'new' && <NewOutcome outcomes={outcomes} onAdded={onOpen} onClose={close} />}
          {open === undefined && <p className="muted">{words.choose}</p>}
          <p className="muted">
            <b>{words.deactivate}</b> {words.deactivateHelp}
          </p>
          <p className="muted">
            <b>{words.mergeName}</b> {words.mergeMeans}
          </p>
        </div>
      )}
    </div>
  )
}

/** What a rep can say about a visit: order, names, colours and icons. */
export function VisitOutcomesScreen() {
  const { data, error, isPending, refetch } = useQuery(outcomesQuery)
  const [open, setOpen] = useState<Open>()
  const isAdmin = useIsAdmin()
  const tools = isAdmin && (
    <>
      <span className="spread" />
      <Button onClick={() => setOpen('new')}>
        <Plus />
        {words.addNew}
      </Button>
    </>
  )
  return (
    <SettingsPage section="outcomes" about={words.about} tools={tools}>
      <AdminsOnly />
      {error && !data && (
        <Failed title={words.notRead} error={error} onRetry={() => void refetch()} />
      )}
      {isPending && (
        <SettingsBox isPadded>
          <Skeleton rows={6} />
        </SettingsBox>
      )}
      {data?.length === 0 && open === undefined && (
        <Empty title={words.none} help={words.noneHelp} />
      )}
      {data && (data.length > 0 || open === 'new') && (
        <Outcomes outcomes={data} open={open} onOpen={setOpen} />
      )}
    </SettingsPage>
  )
}

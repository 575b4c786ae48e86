import type { Import } from '@doorstep/contract/imports'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleHelp, Info, Merge, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { rejectedQuery } from '../api/imports.ts'
import { buttonClass } from '../parts/Button.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import type { ImportView } from './import-search.ts'
import { listName } from './list-name.ts'
import { openGaps } from './phases.ts'
import { reasonsOf } from './rejected-reasons.ts'

const { look } = imports

interface LookProps {
  readonly kind: 'gap' | 'rejected' | 'conflict' | 'note'
  readonly name: string
  readonly help: string
  readonly action?: ReactNode
}

const icons = { gap: CircleHelp, rejected: TriangleAlert, conflict: Merge, note: Info }

function Look({ kind, name, help, action }: LookProps) {
  const Icon = icons[kind]
  return (
    <li data-kind={kind}>
      <span className="kind">
        <Icon aria-hidden="true" />
        {name}
      </span>
      <span className="muted">{help}</span>
      {action}
    </li>
  )
}

const Show = ({ view, children }: { view: ImportView; children: ReactNode }) => (
  <Link
    className={buttonClass({ size: 'small' })}
    to="/import"
    search={(before) => ({ ...before, show: view })}
  >
    {children}
  </Link>
)

function RejectedLook({ sellImport }: { readonly sellImport: Import }) {
  const { data } = useInfiniteQuery(rejectedQuery(sellImport.id))
  const first = data?.pages[0]?.items.map((item) => item.data) ?? []
  const why = first.length === sellImport.rejected_count ? reasonsOf(first) : undefined
  return (
    <Look
      kind="rejected"
      name={look.rejected}
      help={look.rejectedHelp(sellImport.rejected_count, why)}
      action={<Show view="rejected">{look.showRejected(sellImport.rejected_count)}</Show>}
    />
  )
}

function GapLook({ gaps }: Pick<Import, 'gaps'>) {
  const [gap] = gaps
  if (!gap) return null
  const sizes = gaps.map(({ missing_max: missing }) => missing)
  const missing = sizes.includes(null) ? null : sizes.reduce<number>((sum, n) => sum + (n ?? 0), 0)
  const words = `${listName(gap.list)}: ${gap.reason}.`
  const help =
    gaps.length === 1
      ? words.charAt(0).toUpperCase() + words.slice(1)
      : look.gapsHelp(gaps.length, missing)
  return (
    <Look
      kind="gap"
      name={look.gaps}
      help={help}
      action={<Show view="gaps">{look.showGaps(gaps.length)}</Show>}
    />
  )
}

/** What somebody has to look at, none of which stops the import. */
export function ToLookAt({ sellImport }: { readonly sellImport: Import }) {
  const gaps = openGaps(sellImport)
  const notGiven = sellImport.lists.filter(({ not_given: why }) => why !== null)
  const { rejected_count: rejected, open_conflicts: conflicts } = sellImport
  if (gaps.length + notGiven.length + rejected + conflicts === 0) return null
  return (
    <SettingsBox className="to-look-at" title={look.title} about={look.about}>
      <ul>
        <GapLook gaps={gaps} />
        {rejected > 0 && <RejectedLook sellImport={sellImport} />}
        {conflicts > 0 && (
          <Look
            kind="conflict"
            name={look.conflicts}
            help={look.conflictsHelp(conflicts)}
            action={<Show view="conflicts">{look.decide(conflicts)}</Show>}
          />
        )}
        {notGiven.length > 0 && (
          <Look
            kind="note"
            name={look.notGiven}
            help={look.notGivenHelp(notGiven.map(({ list }) => listName(list)).join(', '))}
          />
        )}
      </ul>
    </SettingsBox>
  )
}

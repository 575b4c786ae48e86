import type { Import } from '@doorstep/contract/imports'
import { Link } from '@tanstack/react-router'

import { Tag } from '../parts/Tag.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { stateOf, visitsRead } from './phases.ts'
import { when } from './when.ts'

const { head, others, phases, states } = imports

interface OtherImportsProps {
  readonly imports: readonly Import[]
}

/** Imports from other addresses of Sell, each a way to its page. */
export function OtherImports({ imports }: OtherImportsProps) {
  if (imports.length === 0) return null
  return (
    <SettingsBox title={others.title} about={others.about}>
      <ul className="import-rows others">
        {imports.map((so) => (
          <li key={so.id}>
            <Link
              dir="auto"
              className="link ellipsis"
              to="/import"
              search={{ id: so.id }}
              aria-label={others.show(so.base_url ?? '')}
            >
              {so.base_url}
            </Link>
            <span className="muted num">
              {`${phases.visitsCount(visitsRead(so), so.expected)} ${head.visits}`}
            </span>
            <span className="faint num">{when(so.started_at)}</span>
            <Tag kind={so.is_running ? 'accent' : 'plain'}>{states[stateOf(so)]}</Tag>
          </li>
        ))}
      </ul>
    </SettingsBox>
  )
}

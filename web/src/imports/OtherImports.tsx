import type { Import } from '@doorstep/contract/imports'
import { Link } from '@tanstack/react-router'

import { Tag } from '../parts/Tag.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { printShortWhen } from '../texts/short-when.ts'
import { stateOf, visitsRead } from './phases.ts'

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
        {imports.map((sellImport) => (
          <li key={sellImport.id}>
            <Link
              dir="auto"
              className="link ellipsis"
              to="/import"
              search={{ id: sellImport.id }}
              aria-label={others.show(sellImport.base_url ?? '')}
            >
              {sellImport.base_url}
            </Link>
            <span className="muted num">
              {`${phases.visitsCount(visitsRead(sellImport), sellImport.expected)} ${head.visits}`}
            </span>
            <span className="faint num">{printShortWhen(sellImport.started_at)}</span>
            <Tag kind={sellImport.is_running ? 'accent' : 'plain'}>
              {states[stateOf(sellImport)]}
            </Tag>
          </li>
        ))}
      </ul>
    </SettingsBox>
  )
}

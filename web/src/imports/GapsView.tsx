import type { Import } from '@doorstep/contract/imports'

import { Empty } from '../parts/Empty.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { listName } from './list-name.ts'
import { openGaps } from './phases.ts'
import { SubPageFrame } from './SubPageFrame.tsx'

const { gaps: words } = imports

/** Every part of a list that could not be proven complete. */
export function GapsView({ sellImport }: { readonly sellImport: Import }) {
  const gaps = openGaps(sellImport)
  return (
    <SubPageFrame title={words.title} help={words.help}>
      <SettingsBox>
        {gaps.length === 0 && <Empty title={words.none} help={words.noneHelp} />}
        <ul className="import-rows gaps">
          {gaps.map(({ list, cause, filter, reason, missing_max: missing }) => (
            <li key={`${list} ${filter} ${cause}`}>
              <b>{listName(list)}</b>
              {filter === '' ? (
                <span className="faint">{words.all}</span>
              ) : (
                <span dir="auto" className="mono ellipsis">
                  {filter}
                </span>
              )}
              <span className="muted">{reason}</span>
              <span className="faint num">{words.missing(missing)}</span>
            </li>
          ))}
        </ul>
      </SettingsBox>
    </SubPageFrame>
  )
}

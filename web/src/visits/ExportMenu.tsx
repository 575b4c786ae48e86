import { Popover } from '@base-ui/react/popover'
import { Download } from 'lucide-react'
import { useState } from 'react'

import { buttonClass } from '../parts/Button.tsx'
import { Checkbox } from '../parts/Checkbox.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { ColumnName } from './column-names.ts'
import { exportFormats, exportIdsMax, exportLink } from './export-link.ts'
import type { VisitsSearch } from './visits-search.ts'

const { exporting } = texts

interface ExportMenuProps {
  readonly search: VisitsSearch
  readonly total: number | undefined
  readonly columns: readonly ColumnName[]
  readonly selected: ReadonlySet<number>
}

function Choice({ search, total, columns, selected }: ExportMenuProps) {
  const [rows, setRows] = useState<'all' | 'selected'>(selected.size > 0 ? 'selected' : 'all')
  const [isOnlyShown, setIsOnlyShown] = useState(false)
  const [hasMark, setHasMark] = useState(false)
  const ids = rows === 'selected' && selected.size > 0 ? [...selected] : undefined
  return (
    <>
      {selected.size === 0 && (
        <p className="eyebrow num">
          {total === undefined ? exporting.rows : texts.visits.visits(total)}
        </p>
      )}
      {selected.size > 0 && (
        <>
          <p className="eyebrow">{exporting.rows}</p>
          <div className="rows">
            <Segmented
              name={exporting.rows}
              value={rows}
              onValue={setRows}
              choices={[
                { value: 'all', name: exporting.all(total === undefined ? '' : count(total)) },
                { value: 'selected', name: exporting.selected(count(selected.size)) },
              ]}
            />
          </div>
        </>
      )}
      {ids && ids.length > exportIdsMax && (
        <p className="faint small">{exporting.tooMany(exportIdsMax)}</p>
      )}
      {exportFormats.map((format) => (
        <a
          key={format}
          className="item"
          download
          href={exportLink(search, {
            format,
            columns: isOnlyShown ? columns : undefined,
            ids,
            hasMark,
          })}
        >
          {exporting.formats[format].name}
          <small>{exporting.formats[format].use}</small>
        </a>
      ))}
      <div className="rule" />
      <label className="item check-line">
        <Checkbox isChecked={isOnlyShown} onChecked={setIsOnlyShown} />
        {exporting.onlyShown(columns.length)}
      </label>
      <label className="item check-line">
        <Checkbox isChecked={hasMark} onChecked={setHasMark} />
        {exporting.forExcel}
      </label>
    </>
  )
}

/** The rows of the filters as a file. Each format is a link, which a program can take as well. */
export const ExportMenu = (props: ExportMenuProps) => (
  <Popover.Root>
    <Popover.Trigger className={buttonClass({ size: 'small' })}>
      <Download aria-hidden="true" />
      {exporting.name}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className="float" align="end" sideOffset={6}>
        <Popover.Popup className="menu export-menu" aria-label={exporting.name}>
          <Choice {...props} />
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)

import '../visits/visit-menus.css'
import { Popover } from '@base-ui/react/popover'
import { Download } from 'lucide-react'

import type { Customer } from '../api/customers.ts'
import { basePath } from '../base-path.ts'
import { buttonClass } from '../parts/Button.tsx'
import { saveFile } from '../parts/save-file.ts'
import { today } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import { csvOf, geojsonOf } from './customers-file.ts'

const words = texts.customers.exporting

interface ExportCustomersProps {
  readonly rows: readonly Customer[]
  readonly names: Names
}

/** The rows that are shown as a file, or all leads and contacts with all that is known of them. */
export const ExportCustomers = ({ rows, names }: ExportCustomersProps) => (
  <Popover.Root>
    <Popover.Trigger className={buttonClass({})}>
      <Download aria-hidden="true" />
      {words.name}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className="float" align="end" sideOffset={6}>
        <Popover.Popup className="menu export-menu" aria-label={words.name}>
          <p className="eyebrow">{words.shown(rows.length)}</p>
          <Popover.Close
            className="item"
            onClick={() => saveFile(`customers-${today()}.csv`, 'text/csv', csvOf(rows, names))}
          >
            {words.csv}
            <small>{words.csvUse}</small>
          </Popover.Close>
          <Popover.Close
            className="item"
            onClick={() =>
              saveFile(
                `customers-${today()}.geojson`,
                'application/geo+json',
                geojsonOf(rows, names),
              )
            }
          >
            {words.geojson}
            <small>{words.geojsonUse}</small>
          </Popover.Close>
          <div className="rule" />
          <p className="eyebrow">{words.all}</p>
          {(['leads', 'contacts'] as const).map((kind) => (
            <a
              key={kind}
              className="item"
              download
              href={`${basePath}/v2/${kind}/export?format=csv&bom=true`}
            >
              {words[kind]}
              <small>{words.allUse}</small>
            </a>
          ))}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)

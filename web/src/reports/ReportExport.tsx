import { Menu } from '@base-ui/react/menu'
import { Download } from 'lucide-react'

import { buttonClass } from '../parts/Button.tsx'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { saveFile } from '../parts/save-file.ts'
import { texts } from '../texts/texts.ts'
import { exportLink } from '../visits/export-link.ts'
import { csvOf } from './report-csv.ts'
import type { RowKind } from './reports-search.ts'
import type { TableRow } from './table-rows.ts'
import type { Report } from './use-report.ts'

const csvType = 'text/csv;charset=utf-8'

const { export: words } = texts.reports

interface ReportExportProps {
  readonly report: Report
  readonly rows: readonly TableRow[] | undefined
  readonly by: RowKind
}

const fileName = (what: string, { days: { first, end } }: Report) =>
  `${['doorstep', what, first, end].filter(Boolean).join('-')}.csv`

function saveRows({ report, rows = [], by }: ReportExportProps): void {
  const names = by === 'week' ? ['week'] : [`${by}_id`, by]
  const lines = rows.map(({ key, name, person, numbers }) => ({
    cells: by === 'week' ? [key] : [person?.id ?? null, name],
    numbers,
  }))
  saveFile(fileName(`by-${by}`, report), csvType, csvOf(names, lines))
}

function saveCourse({ report }: ReportExportProps): void {
  const lines = report.periods.flatMap(({ key }) => {
    const numbers = report.byPeriod.get(key)
    return numbers ? [{ cells: [key], numbers }] : []
  })
  saveFile(fileName(`by-${report.unit}`, report), csvType, csvOf([report.unit], lines))
}

/** The report as files, on paper, and the visits behind it. */
export const ReportExport = (props: ReportExportProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger className={buttonClass({})}>
      <Download aria-hidden="true" />
      {words.name}
    </Menu.Trigger>
    <MenuPopup align="end">
      <Menu.Item className="item" disabled={!props.rows} onClick={() => saveRows(props)}>
        {words.table}
        <small>{words.csv}</small>
      </Menu.Item>
      <Menu.Item className="item" onClick={() => saveCourse(props)}>
        {words.course}
        <small>{words.csv}</small>
      </Menu.Item>
      <Menu.LinkItem
        className="item"
        download
        href={exportLink(props.report.listOf({}), {
          format: 'csv',
          columns: undefined,
          ids: undefined,
          hasMark: false,
        })}
      >
        {words.visits}
        <small>{words.csv}</small>
      </Menu.LinkItem>
      <Menu.Separator className="rule" />
      <Menu.Item className="item" onClick={() => print()}>
        {words.print}
      </Menu.Item>
    </MenuPopup>
  </Menu.Root>
)

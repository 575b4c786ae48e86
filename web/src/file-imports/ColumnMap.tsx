import './column-map.css'
import { ArrowRight, Download } from 'lucide-react'

import { Button } from '../parts/Button.tsx'
import { saveFile } from '../parts/save-file.ts'
import { type Choice, Select } from '../parts/Select.tsx'
import { Tag } from '../parts/Tag.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { type PreviewedFile, presetOf } from './choices.ts'
import { printMap } from './saved-maps.ts'

const { columns: words, attributes: names } = fileImports

type Columns = Readonly<Record<string, string | null>>
type Column = PreviewedFile['columns'][number]

interface ColumnMapProps {
  readonly file: PreviewedFile
  readonly columns: Columns
  /** What columns can become. */
  readonly attributes: readonly string[]
  readonly onColumn: (header: string, attribute: string | null) => void
}

const leftOut = '-'
const custom = 'custom:'

/** "Time of the visit"; of a custom field its own name. */
export const attributeName = (attribute: string): string =>
  attribute.startsWith(custom)
    ? words.customNamed(attribute.slice(custom.length))
    : (names[attribute] ?? attribute)

function choicesFor(
  column: Column,
  { file, attributes, columns }: ColumnMapProps,
): Choice<string>[] {
  const own = columns[column.header] ?? null
  const ofItsName = `${custom}${column.header.trim()}`
  const customs = file.kind === 'visit' || column.header.trim() === '' ? [] : [ofItsName]
  const all = new Set([...attributes, ...customs, ...(own === null ? [] : [own])])
  return [
    // A column that fills another is imported.
    {
      value: leftOut,
      name: column.fills === null ? words.none : words.fills(attributeName(column.fills)),
    },
    ...[...all].map((value) => ({
      value,
      name: value === ofItsName ? words.custom : attributeName(value),
    })),
  ]
}

const dateInside = /\d\s*[./-]\s*\d/

/** Of two columns that become a time, one has the day; where none looks so, either may. */
function hasDay(column: Column, { file, columns }: ColumnMapProps): boolean {
  const ofDays = file.columns.filter(
    ({ header, samples }) =>
      columns[header] === 'visited_at' && samples.some((sample) => dateInside.test(sample)),
  )
  return ofDays.length === 0 || ofDays.includes(column)
}

function warningOf(column: Column, props: ColumnMapProps): string | undefined {
  const { file, columns } = props
  const attribute = columns[column.header] ?? null
  if (attribute === null) return undefined
  const problems = file.rows.filter(({ problem }) => problem?.attribute === attribute).length
  if (attribute === 'visited_at' && file.unclear_times && problems > 0) {
    return hasDay(column, props) ? words.dayOrMonth : undefined
  }
  if ((attribute === 'creator' || attribute === 'owner') && file.unknown_users.length > 0) {
    return words.people(file.unknown_users.length)
  }
  if (attribute === 'outcome' && file.unknown_outcomes.length > 0) {
    return words.outcomes(file.unknown_outcomes.length)
  }
  return problems > 0 ? words.cannotRead(problems) : undefined
}

function Row({ column, ...props }: ColumnMapProps & { readonly column: Column }) {
  const { columns, onColumn } = props
  const { header, samples, cells, fills } = column
  const attribute = columns[header] ?? null
  const warning = warningOf(column, props)
  const shown = header.trim() === '' ? words.unnamed : header
  return (
    <li data-warned={warning !== undefined || undefined}>
      <span dir="auto" className="mono ellipsis" title={shown}>
        {shown}
      </span>
      <span dir="auto" className="muted ellipsis">
        {samples.join(' · ')}
      </span>
      <ArrowRight className="faint" aria-hidden="true" />
      <Select
        name={words.becomesOf(shown)}
        value={attribute ?? leftOut}
        onValue={(value) => onColumn(header, value === leftOut ? null : value)}
        choices={choicesFor(column, props)}
      />
      <span>
        {warning !== undefined && <Tag kind="warning">{warning}</Tag>}
        {attribute === null && fills === null && cells > 0 && <Tag>{words.leftOut(cells)}</Tag>}
      </span>
    </li>
  )
}

/** Which column becomes what. */
export function ColumnMap(props: ColumnMapProps) {
  const { file, columns } = props
  return (
    <SettingsBox className="column-map">
      <div className="head faint small" aria-hidden="true">
        <span>{words.column}</span>
        <span>{words.samples}</span>
        <span />
        <span>{words.becomes}</span>
      </div>
      <ul aria-label={words.title}>
        {file.columns.map((column, at) => (
          <Row key={at} column={column} {...props} />
        ))}
      </ul>
      <div className="foot">
        <span className="faint small">{words.remembered}</span>
        {/* A map file has not all that a preset says. */}
        {!presetOf(file) && (
          <Button
            kind="ghost"
            size="small"
            onClick={() => saveFile('map.json', 'application/json', printMap(file.kind, columns))}
          >
            <Download aria-hidden="true" />
            {words.save}
          </Button>
        )}
      </div>
    </SettingsBox>
  )
}

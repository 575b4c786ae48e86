import './file-facts.css'
import { FileText } from 'lucide-react'

import { Button } from '../parts/Button.tsx'
import { type Choice, Select } from '../parts/Select.tsx'
import { Switch } from '../parts/Switch.tsx'
import { TextField } from '../parts/TextField.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { type Choices, type PreviewedFile, presetOf, type RowKind } from './choices.ts'
import { printSize } from './print-size.ts'

const { file: words } = fileImports

const separators = [',', ';', '\t', '|'] as const
const encodings: Readonly<Record<string, string>> = words.encodings
const headerLines = 12
const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

interface FileFactsProps {
  readonly file: PreviewedFile
  /** Where there are several to import one after the other. */
  readonly place: string | undefined
  readonly choices: Choices
  readonly onChoices: (change: Partial<Choices>) => void
  readonly onReplace: () => void
}

const named = (values: readonly string[]): Choice<string>[] =>
  values.map((value) => ({ value, name: value }))

const withFound = (known: readonly string[], found: string): readonly string[] =>
  known.includes(found) ? known : [found, ...known]

function Found({
  file,
  choices,
  onChoices,
}: Pick<FileFactsProps, 'file' | 'choices' | 'onChoices'>) {
  const { separator, encoding, sheets, header_row: header } = file
  /** Other names of columns: what was chosen for the others does not count. */
  const change = (next: Partial<Choices>) => onChoices({ ...next, columns: undefined })
  const lines = Array.from({ length: Math.max(headerLines, header) }, (_, at) => String(at + 1))
  return (
    <div className="found">
      {separator !== null && (
        <Select
          name={words.separator}
          value={separator}
          onValue={(value) => change({ separator: value })}
          choices={withFound(separators, separator).map((value) => ({
            value,
            name: `${words.separator} ${names[value] ?? value}`,
          }))}
        />
      )}
      {encoding !== null && (
        <Select
          name={words.encoding}
          value={encoding}
          onValue={(value) => change({ encoding: value })}
          choices={withFound(Object.keys(encodings), encoding).map((value) => ({
            value,
            name: encodings[value] ?? value,
          }))}
        />
      )}
      {sheets.length > 1 && (
        <Select
          name={words.sheet}
          value={choices.sheet ?? sheets[0] ?? ''}
          onValue={(sheet) => change({ sheet, headerRow: undefined })}
          choices={named(sheets)}
        />
      )}
      {header > 0 && (
        <Select
          name={words.header}
          value={String(header)}
          onValue={(value) => change({ headerRow: Number(value) })}
          choices={lines.map((value) => ({ value, name: words.headerIn(Number(value)) }))}
        />
      )}
    </div>
  )
}

const names: Readonly<Record<string, string>> = words.separators
const kinds: readonly RowKind[] = ['visit', 'lead', 'contact']

/** What was found in a file, each of which can be changed. */
export function FileFacts(props: FileFactsProps) {
  const { file, place, choices, onChoices, onReplace } = props
  const facts = [
    place,
    file.looked_at > 0 && words.looked(file.looked_at, file.is_whole),
    file.columns.length > 0 && words.columns(file.columns.length),
    printSize(file.size),
  ]
  return (
    <SettingsBox isPadded className="file-facts">
      <div className="named">
        <FileText aria-hidden="true" />
        <div>
          <b dir="auto" className="ellipsis">
            {file.name}
          </b>
          <p className="muted small num">{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <Button kind="ghost" size="small" onClick={onReplace}>
          {words.replace}
        </Button>
      </div>
      <Found file={file} choices={choices} onChoices={onChoices} />
      <div className="reading">
        <span className="muted">{words.kind}</span>
        <Select
          name={words.kind}
          value={file.kind}
          onValue={(kind) => onChoices({ kind, columns: undefined, preset: null })}
          choices={kinds.map((value) => ({ value, name: words.kinds[value] }))}
        />
        <span className="muted">{words.zone}</span>
        <Select
          name={words.zone}
          value={choices.timeZone}
          onValue={(timeZone) => onChoices({ timeZone })}
          choices={named(withFound(zones, choices.timeZone))}
        />
        {(choices.hasExcelDates || hasNumbersForDates(file)) && (
          <>
            <span className="muted">{words.excel}</span>
            <Switch
              name={words.excel}
              isOn={choices.hasExcelDates}
              onChange={(hasExcelDates) => onChoices({ hasExcelDates })}
            />
          </>
        )}
      </div>
      {hasForeignIds(file) && !presetOf(file) && (
        <TextField
          label={words.source}
          value={choices.source ?? ''}
          placeholder="files"
          onText={(source) => onChoices({ source })}
        />
      )}
      {file.left_out.length > 0 && (
        <p className="faint small">
          {words.leftOut(file.left_out.filter(({ line }) => line < file.header_row).length)}
        </p>
      )}
    </SettingsBox>
  )
}

const hasForeignIds = ({ columns }: PreviewedFile): boolean =>
  columns.some(({ attribute }) => attribute?.endsWith('external_id'))

const hasNumbersForDates = ({ rows }: PreviewedFile): boolean =>
  rows.some(({ problem }) => problem?.option === 'excel_dates')

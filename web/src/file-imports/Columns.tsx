import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Message } from '../parts/Message.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { type Choices, chooseColumn, columnsOf, type PreviewedFile, presetOf } from './choices.ts'
import { ColumnMap } from './ColumnMap.tsx'
import { FileFacts } from './FileFacts.tsx'
import { FirstRows } from './FirstRows.tsx'
import { PresetFound } from './PresetFound.tsx'
import { Questions } from './Questions.tsx'
import type { useFilePreview } from './use-file-preview.ts'

const { file: words, first, failed } = fileImports

interface ColumnsProps {
  readonly preview: ReturnType<typeof useFilePreview>
  readonly place: string | undefined
  readonly choices: Choices
  readonly onChoices: (change: Partial<Choices>) => void
  readonly onReplace: () => void
}

/** What was found in the file, what its columns become, and how its first rows will read. */
export function Columns(props: ColumnsProps) {
  const { preview, place, choices, onChoices, onReplace } = props
  const { data, error, refetch } = preview
  if (!data && error) {
    return <Failed title={failed} error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Skeleton rows={8} hasDisc={false} />
  const [only, ...others] = data.files
  if (!only) return <Empty title={failed} help={first.empty} />
  const shown = others.length > 0 ? data.files : [only]
  const columns = choices.columns ?? columnsOf(only)
  const onColumn = (header: string, attribute: string | null): void =>
    onChoices({
      kind: only.kind,
      preset: presetOf(only) ?? null,
      columns: chooseColumn(columns, header, attribute),
    })
  return (
    <div className="file-columns" aria-busy={preview.isFetching}>
      {error && <Message kind="trouble">{failed}</Message>}
      {others.length > 0 && <Message kind="info">{first.several}</Message>}
      {shown.map((file) => (
        <div key={file.name} className="columns-grid">
          <div>
            {file.problem !== null && (
              <Message kind="trouble" action={<Windows {...{ file, onChoices }} />}>
                {file.problem}
              </Message>
            )}
            <PresetFound file={file} onChoices={onChoices} />
            {others.length === 0 && file.columns.length > 0 && (
              <ColumnMap
                file={file}
                columns={columns}
                attributes={data.attributes[file.kind]}
                onColumn={onColumn}
              />
            )}
            {(file.columns.length > 0 || file.format === 'items') && (
              <FirstRows
                file={file}
                columns={others.length > 0 ? columnsOf(file) : columns}
                timeZone={choices.timeZone}
              />
            )}
          </div>
          <div className="aside">
            <FileFacts {...{ file, place, choices, onChoices, onReplace }} />
            <Questions file={file} choices={choices} onChoices={onChoices} />
          </div>
        </div>
      ))}
    </div>
  )
}

interface WindowsProps {
  readonly file: Pick<PreviewedFile, 'problem' | 'option'>
  readonly onChoices: (change: Partial<Choices>) => void
}

/** The way out of bytes that are not Unicode: what Excel writes. */
const Windows = ({ file, onChoices }: WindowsProps) =>
  file.option === 'encoding' && file.problem?.includes('windows-1252') ? (
    <Button size="small" onClick={() => onChoices({ encoding: 'windows-1252' })}>
      {words.windows}
    </Button>
  ) : null

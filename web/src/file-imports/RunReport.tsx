import type { Import } from '@doorstep/contract/imports'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'

import { readRejectedRows, rejectedRowsQuery } from '../api/file-imports.ts'
import { Button } from '../parts/Button.tsx'
import { saveFile } from '../parts/save-file.ts'
import { say } from '../parts/toasts.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { count } from '../texts/format.ts'

const { run: words } = fileImports

interface RunReportProps {
  readonly fileImport: Import
}

/** The rows in numbers. */
export function Counts({ fileImport }: RunReportProps) {
  const isDry = fileImport.files?.dry_run === true
  const { read, created, updated, unchanged, rejected, conflicts } = fileImport.counts
  const which = isDry ? 'dry' : 'done'
  const shown: readonly (readonly [string, number])[] = [
    [words.read, read],
    [words.created[which], created],
    [words.updated[which], updated],
    [words.unchanged, unchanged],
    ...(conflicts > 0 ? [[words.conflicts, conflicts] as const] : []),
    [words.rejected, rejected],
  ]
  return (
    <dl className="run-counts">
      {shown.map(([name, value]) => (
        <div key={name} data-warned={(name === words.rejected && value > 0) || undefined}>
          <dt className="muted">{name}</dt>
          <dd className="num">{count(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

const unnamed = fileImports.columns.unnamed

/** What was not imported, in sentences. */
function sentencesOf({ files }: Import): string[] {
  if (!files) return []
  return [
    ...files.files.flatMap(
      ({ name, items_not_imported: items, columns_not_imported: columns, left_out: lines }) => [
        ...items.map(({ what, count }) => words.items(what, count, name)),
        ...columns
          .filter(({ cells }) => cells > 0)
          .map(({ header, cells }) => words.column(header || unnamed, cells, name)),
        ...(lines.length > 0
          ? [words.lines(lines.map(({ line, text }) => words.line(line, text)).join(', '), name)]
          : []),
      ],
    ),
    ...files.not_taken.map(words.notTaken),
    ...files.unclear_names.map(({ name, count: times }) => words.names(name, times)),
    ...(files.created.users.length > 0 ? [words.made(files.created.users.join(', '))] : []),
    ...(files.created.outcomes.length > 0
      ? [words.madeOutcomes(files.created.outcomes.join(', '))]
      : []),
  ]
}

/** Columns and lines that were left out, and what was added. */
export function LeftOut({ fileImport }: RunReportProps) {
  const sentences = sentencesOf(fileImport)
  if (sentences.length === 0) return null
  return (
    <SettingsBox title={words.leftOut}>
      <ul className="run-sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </SettingsBox>
  )
}

function DownloadButton({ id, file, name }: { id: number; file: number; name: string }) {
  const downloading = useMutation({
    mutationFn: async () => {
      const rows = await readRejectedRows(id, file)
      saveFile(rows.name, 'text/csv', rows.content)
    },
    onError: () => say(words.downloadFailed),
  })
  return (
    <Button
      size="small"
      aria-disabled={downloading.isPending}
      onClick={() => !downloading.isPending && downloading.mutate()}
    >
      <Download aria-hidden="true" />
      {words.download(name)}
    </Button>
  )
}

/** The rows that were rejected, and the way to get them back. */
export function Rejected({ fileImport }: RunReportProps) {
  const total = fileImport.counts.rejected
  const { data: rows = [] } = useQuery(
    rejectedRowsQuery(fileImport.id, fileImport.is_running ? 0 : total),
  )
  if (total === 0 || fileImport.is_running) return null
  return (
    <SettingsBox
      title={words.rejectedTitle}
      about={words.rejectedHelp}
      aside={(fileImport.files?.files ?? []).map(
        ({ name, rejected }, at) =>
          rejected > 0 && (
            <DownloadButton key={name} id={fileImport.id} file={at + 1} name={name} />
          ),
      )}
    >
      <ul className="run-rejected">
        {rows.map((row, at) => (
          <li key={at}>
            <span className="num faint">{words.lineOf(row.line)}</span>
            <span>{[row.column, row.reason].filter(Boolean).join(': ')}</span>
            <span dir="auto" className="mono faint ellipsis">
              {row.item}
            </span>
          </li>
        ))}
      </ul>
      {total > rows.length && rows.length > 0 && (
        <p className="faint small more">{words.moreRejected(total - rows.length)}</p>
      )}
    </SettingsBox>
  )
}

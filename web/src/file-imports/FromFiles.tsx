import './file-imports.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'

import { fileImportQuery, startFileImport } from '../api/file-imports.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { Message } from '../parts/Message.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { problemOf } from '../texts/problem.ts'
import { ChosenActions, RunActions } from './Actions.tsx'
import {
  type Choices,
  columnsOf,
  firstChoices,
  optionsOf,
  presetOf,
  type PreviewedFile,
} from './choices.ts'
import { Columns } from './Columns.tsx'
import { DropZone } from './DropZone.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import { ImportSteps } from './ImportSteps.tsx'
import { RunView } from './RunView.tsx'
import { saveMap } from './saved-maps.ts'
import { useFilePreview } from './use-file-preview.ts'

const words = fileImports

interface FromFilesProps {
  /** The import that is shown; undefined: none has begun. */
  readonly id: number | undefined
  /** The choice between Sell and files. */
  readonly from: ReactNode
}

interface ToolsProps {
  readonly step: number
  readonly children: ReactNode
}

/** The files one after the other, and what was chosen for the first of them. */
function useFiles() {
  const [files, setFiles] = useState<readonly File[]>([])
  const [all, setAll] = useState(0)
  const [choices, setChoices] = useState<Choices>(firstChoices)
  const [file, ...others] = files
  return {
    file,
    next: others[0],
    place: all > 1 ? words.file.of(all - files.length + 1, all) : undefined,
    choices,
    change: (change: Partial<Choices>) => setChoices((before) => ({ ...before, ...change })),
    begin: (given: readonly File[]) => {
      setFiles(given)
      setAll(given.length)
      setChoices(firstChoices)
    },
    goOn: () => {
      setFiles(others)
      setChoices(firstChoices)
    },
  }
}

/** Begins the import of a file by what was chosen, and remembers the map of a table. */
async function begun(
  file: File | undefined,
  [only, ...others]: readonly PreviewedFile[],
  choices: Choices,
  isDry: boolean,
) {
  if (!file || !only) throw new Error('no file')
  const columns = choices.columns ?? columnsOf(only)
  const isTable = others.length === 0 && only.format === 'table'
  const preset = presetOf(only)
  if (isTable) saveMap(only.kind, columns, preset)
  const one = { kind: only.kind, ...(isTable && { columns }) }
  const chosen = { ...choices, preset, ...(others.length === 0 && one) }
  return startFileImport(file, { ...optionsOf(chosen), dry_run: isDry })
}

const Beginning = (props: Parameters<typeof DropZone>[0]) => (
  <>
    <DropZone {...props} />
    <EarlierImports />
  </>
)

const Tools = ({ from, step, children }: Pick<FromFilesProps, 'from'> & ToolsProps) => (
  <>
    {from}
    <span className="spread" />
    <ImportSteps at={step} />
    <span className="spread" />
    {children}
  </>
)

/** Imports of files: choosing one, what its columns become, a check, and the import. */
export function FromFiles({ id, from }: FromFilesProps) {
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const { file, next, place, choices, change, begin, goOn } = useFiles()
  const preview = useFilePreview(file, choices)
  const { data } = useQuery({ ...fileImportQuery(id ?? 0), enabled: id !== undefined })
  const run = id === undefined ? undefined : data
  const show = (shown?: number) =>
    void navigate({ to: '/import', search: { source: 'files', ...(shown && { id: shown }) } })
  const previewed = preview.data?.files ?? []
  const [only] = previewed
  const starting = useMutation({
    mutationFn: ({ isDry }: { isDry: boolean }) => begun(file, previewed, choices, isDry),
    onSuccess: (started) => show(started.id),
  })
  const start = (isDry: boolean) => {
    if (!starting.isPending) starting.mutate({ isDry })
  }
  const isDry = run?.files?.dry_run === true
  const step = id !== undefined ? (isDry ? 2 : 3) : file ? 1 : 0
  const canCheck = only !== undefined && only.problem === null && !preview.isFetching
  const goToNext = () => {
    goOn()
    show()
  }
  const actions =
    run && !run.is_running ? (
      <RunActions
        {...{ run, hasFile: file !== undefined, next: next?.name }}
        isPending={starting.isPending}
        onBack={() => show()}
        onImport={() => start(false)}
        onNext={goToNext}
      />
    ) : id === undefined && file ? (
      <ChosenActions
        files={previewed}
        isReady={canCheck}
        isPending={starting.isPending}
        onCancel={() => begin([])}
        onCheck={() => start(true)}
      />
    ) : undefined
  return (
    <SettingsPage
      section="import"
      tools={
        <Tools from={from} step={step}>
          {!isPhone && actions}
        </Tools>
      }
      foot={isPhone ? actions : undefined}
    >
      {starting.error && (
        <Message kind="trouble">{problemOf(starting.error, words.failed)}</Message>
      )}
      {id !== undefined && <RunView id={id} />}
      {id === undefined && !file && <Beginning onFiles={begin} />}
      {id === undefined && file && (
        <Columns
          preview={preview}
          place={place}
          choices={choices}
          onChoices={change}
          onReplace={() => begin([])}
        />
      )}
    </SettingsPage>
  )
}

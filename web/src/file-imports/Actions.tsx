import type { Import } from '@doorstep/contract/imports'

import { Button } from '../parts/Button.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import type { PreviewedFile } from './choices.ts'

const words = fileImports

/** undefined: there are more than were looked at. */
const rowsOf = (files: readonly PreviewedFile[]): number | undefined =>
  files.every((file) => file.is_whole)
    ? files.reduce((sum, file) => sum + file.looked_at, 0)
    : undefined

interface ChosenActionsProps {
  readonly files: readonly PreviewedFile[]
  readonly isReady: boolean
  readonly isPending: boolean
  readonly onCancel: () => void
  readonly onCheck: () => void
}

/** What can be done with a file whose columns are chosen. */
export const ChosenActions = (props: ChosenActionsProps) => (
  <>
    <Button kind="ghost" onClick={props.onCancel}>
      {words.cancel}
    </Button>
    <Button
      kind="primary"
      aria-disabled={!props.isReady || props.isPending}
      onClick={() => props.isReady && props.onCheck()}
    >
      {props.isPending ? words.sending : words.check(rowsOf(props.files))}
    </Button>
  </>
)

interface RunActionsProps {
  readonly run: Import
  /** Whether the file is still at hand, so that it can be sent again. */
  readonly hasFile: boolean
  /** The file after this one. */
  readonly next: string | undefined
  readonly isPending: boolean
  readonly onBack: () => void
  readonly onImport: () => void
  readonly onNext: () => void
}

/** What can be done after a check or an import. */
export function RunActions(props: RunActionsProps) {
  const { run, hasFile, next, isPending, onBack, onImport, onNext } = props
  const isCheck = run.files?.dry_run === true && hasFile
  const importable = run.counts.created + run.counts.updated
  const isImportable = isCheck && importable > 0
  return (
    <>
      {isCheck && (
        <Button kind="ghost" onClick={onBack}>
          {words.back}
        </Button>
      )}
      <Button
        kind={isCheck && !isImportable ? 'quiet' : 'primary'}
        aria-disabled={isPending}
        onClick={isImportable ? onImport : onNext}
      >
        {isPending && words.sending}
        {!isPending && isImportable && words.startAll(importable)}
        {!isPending && !isImportable && (next === undefined ? words.more : words.next(next))}
      </Button>
    </>
  )
}

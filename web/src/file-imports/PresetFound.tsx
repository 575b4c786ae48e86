import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import type { Choices, PreviewedFile } from './choices.ts'

const { preset: words } = fileImports

interface PresetFoundProps {
  readonly file: PreviewedFile
  readonly onChoices: (change: Partial<Choices>) => void
}

/** Which product exports such a file, and whether it is read as that. */
export function PresetFound({ file: { preset }, onChoices }: PresetFoundProps) {
  if (!preset) return null
  const { name, product, table, is_used: isUsed } = preset
  const other = { kind: undefined, columns: undefined, preset: isUsed ? null : name }
  return (
    <Message
      kind="info"
      action={
        <Button size="small" onClick={() => onChoices(other)}>
          {isUsed ? words.byNames : words.use(product)}
        </Button>
      }
    >
      {isUsed ? words.used(product, table) : words.found(product, table)}
    </Message>
  )
}

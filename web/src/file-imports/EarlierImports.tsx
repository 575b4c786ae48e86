import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { fileImportsQuery } from '../api/file-imports.ts'
import { Tag } from '../parts/Tag.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { printShortWhen } from '../texts/short-when.ts'

const { earlier: words, run } = fileImports

/** The last imports of files, each a way to its report. */
export function EarlierImports() {
  const { data: imports = [] } = useQuery(fileImportsQuery)
  const shown = imports.filter(({ files, is_running: runs }) => runs || files?.dry_run === false)
  if (shown.length === 0) return null
  return (
    <SettingsBox title={words.title}>
      <ul className="import-rows others">
        {shown.map((fileImport) => (
          <li key={fileImport.id}>
            <Link
              dir="auto"
              className="link ellipsis"
              to="/import"
              search={{ source: 'files', id: fileImport.id }}
            >
              {fileImport.files?.files.map(({ name }) => name).join(', ')}
            </Link>
            <span className="muted num">{words.read(fileImport.counts.read)}</span>
            <span className="faint num">{printShortWhen(fileImport.started_at)}</span>
            <Tag kind={fileImport.is_running ? 'accent' : 'plain'}>
              {run.states[fileImport.state]}
            </Tag>
          </li>
        ))}
      </ul>
    </SettingsBox>
  )
}

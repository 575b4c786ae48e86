import { Upload } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { fileImports } from '../texts/en/file-imports.ts'

const { drop: words } = fileImports
const accepted = '.csv,.tsv,.tab,.txt,.xlsx,.json,.ndjson,.jsonl,.gz,.zip,text/csv'

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void
}

/** Calls `onDrop` with files that are dropped on the element. */
function useDropped(onOver: (isOver: boolean) => void, onDrop: (files: FileList | null) => void) {
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined
      const ended = new AbortController()
      const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', isOver: boolean) =>
        element.addEventListener(
          type,
          (event) => {
            event.preventDefault()
            onOver(isOver)
            if (type === 'drop') onDrop(event.dataTransfer?.files ?? null)
          },
          { signal: ended.signal },
        )
      listen('dragenter', true)
      listen('dragover', true)
      listen('dragleave', false)
      listen('drop', false)
      return () => ended.abort()
    },
    [onOver, onDrop],
  )
}

/** Takes files that are dropped on it or chosen. */
export function DropZone({ onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = useCallback(
    (list: FileList | null): void => {
      if (list && list.length > 0) onFiles([...list])
    },
    [onFiles],
  )
  const zone = useDropped(setOver, take)
  return (
    <section
      ref={zone}
      className="drop-zone"
      data-over={isOver || undefined}
      aria-label={words.title}
    >
      <Upload aria-hidden="true" />
      <h2 className="title">{words.title}</h2>
      <p className="muted">{isOver ? words.now : words.help}</p>
      <Button kind="primary" size="large" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted}
        aria-label={words.choose}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <p className="faint small">{words.limit}</p>
    </section>
  )
}

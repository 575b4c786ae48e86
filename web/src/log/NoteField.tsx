import { texts } from '../texts/texts.ts'

const { log } = texts

interface NoteFieldProps {
  readonly note: string
  readonly onNote: (note: string) => void
  /** How many characters it is too long. */
  readonly over: number
}

/** Grows with what is typed. */
export const NoteField = ({ note, onNote, over }: NoteFieldProps) => (
  <div className="note">
    <textarea
      aria-label={log.note}
      aria-invalid={over > 0}
      aria-describedby={over > 0 ? 'note-problem' : undefined}
      placeholder={log.note}
      rows={1}
      value={note}
      onChange={(event) => onNote(event.target.value)}
    />
    {over > 0 && (
      <p id="note-problem" className="problem" role="alert">
        {log.noteLong(over)}
      </p>
    )}
  </div>
)

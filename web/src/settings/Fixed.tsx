import { Tag } from '../parts/Tag.tsx'
import { Tip } from '../parts/Tip.tsx'
import { texts } from '../texts/texts.ts'

interface FixedProps {
  /** The variable of the environment. */
  readonly variable: string
}

const { saving } = texts

/** Beside a value that the server's environment or a flag has set, for all accounts. */
export const Fixed = ({ variable }: FixedProps) => (
  <Tip text={saving.fixedBy(variable)}>
    <button type="button" className="fixed-mark" aria-label={saving.fixedBy(variable)}>
      <Tag>{saving.fixed}</Tag>
    </button>
  </Tip>
)

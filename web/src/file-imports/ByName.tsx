import { type Choice, Select } from '../parts/Select.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import type { NamedChoices, PreviewedFile } from './choices.ts'

const { unknown: words } = fileImports
/** As it is chosen for all. */
const asAll = ''

interface ByNameProps {
  readonly names: PreviewedFile['unknown_users']
  readonly value: NamedChoices
  readonly choices: readonly Choice<string>[]
  readonly onValue: (value: NamedChoices) => void
}

/** Names that are not known here, each with a choice of its own. */
export const ByName = ({ names, value, choices, onValue }: ByNameProps) => (
  <ul className="by-name">
    {names.map(({ name, count }) => (
      <li key={name}>
        <span dir="auto" className="ellipsis">
          {words.named(name, count)}
        </span>
        <Select
          name={words.choiceOf(name)}
          value={Object.hasOwn(value, name) ? (value[name] ?? asAll) : asAll}
          choices={[{ value: asAll, name: words.asAll }, ...choices]}
          onValue={(chosen) => {
            const { [name]: _, ...others } = value
            onValue(chosen === asAll ? others : { ...others, [name]: chosen })
          }}
        />
      </li>
    ))}
  </ul>
)

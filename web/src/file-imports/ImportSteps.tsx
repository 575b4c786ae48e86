import { Check } from 'lucide-react'

import { fileImports } from '../texts/en/file-imports.ts'

const { steps, stepsName } = fileImports

/** Where one is: the file, its columns, the check, the import. */
export const ImportSteps = ({ at }: { readonly at: number }) => (
  <ol className="import-steps" aria-label={stepsName}>
    {steps.map((step, index) => (
      <li
        key={step}
        data-state={index < at ? 'done' : index === at ? 'current' : 'todo'}
        aria-current={index === at ? 'step' : undefined}
      >
        <i aria-hidden="true">{index < at ? <Check /> : index + 1}</i>
        <span>{step}</span>
      </li>
    ))}
  </ol>
)

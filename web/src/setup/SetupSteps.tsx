import './setup.css'
import { Check } from 'lucide-react'
import { Fragment } from 'react'

import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'

const steps = ['you', 'visits', 'people'] as const

interface SetupStepsProps {
  readonly current: (typeof steps)[number]
}

export function SetupSteps({ current }: SetupStepsProps) {
  const at = steps.indexOf(current)
  return (
    <ol className="setup-steps" aria-label={texts.setup.stepsName}>
      {steps.map((step, index) => (
        <Fragment key={step}>
          {index > 0 && <li className="between" aria-hidden="true" />}
          <li
            className={classes(index === at && 'current', index < at && 'done')}
            aria-current={index === at ? 'step' : undefined}
          >
            <i>{index < at ? <Check aria-hidden="true" /> : index + 1}</i>
            {texts.setup.steps[step]}
          </li>
        </Fragment>
      ))}
    </ol>
  )
}

import { Link } from '@tanstack/react-router'

import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { traceOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'

const { failed, map } = texts.shells

interface FailedScreenProps {
  readonly error: unknown
}

/** What stands in place of a screen that failed. */
export const FailedScreen = ({ error }: FailedScreenProps) => (
  <Empty title={failed.title} help={failed.help} details={traceOf(error)}>
    <Link className={buttonClass({})} to="/map">
      {map}
    </Link>
    <Button kind="primary" onClick={() => location.reload()}>
      {failed.again}
    </Button>
  </Empty>
)

import { Link } from '@tanstack/react-router'

import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { texts } from '../texts/texts.ts'

const { missing } = texts.shells

export const MissingScreen = () => (
  <Empty title={missing.title} help={missing.help}>
    <Link className={buttonClass({ kind: 'primary' })} to="/">
      {missing.action}
    </Link>
  </Empty>
)

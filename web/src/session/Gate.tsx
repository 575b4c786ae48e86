import './gate.css'
import type { ReactNode } from 'react'

import { Mark } from '../parts/Mark.tsx'
import { texts } from '../texts/texts.ts'
import { GateArt } from './GateArt.tsx'

interface GateProps {
  readonly children: ReactNode
  /** At the foot. */
  readonly fine?: ReactNode
}

/** What is shown before somebody is signed in: no customers, counts or people's names. */
export const Gate = ({ children, fine }: GateProps) => (
  <div className="gate">
    <main>
      <div className="word">
        <Mark size={34} />
        <b>{texts.shells.name}</b>
      </div>
      <div className="content">{children}</div>
      <p className="fine">{fine}</p>
    </main>
    <GateArt />
  </div>
)

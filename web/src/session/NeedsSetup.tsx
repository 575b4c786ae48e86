import { texts } from '../texts/texts.ts'
import { Gate } from './Gate.tsx'

const { needsSetup } = texts.session

/** Nobody can sign in before an admin has a password. */
export const NeedsSetup = () => (
  <Gate
    fine={
      <>
        <span className="mono">{'./doorstep setup-link'}</span> {needsSetup.command}
      </>
    }
  >
    <h1>{needsSetup.title}</h1>
    <p className="lead">{needsSetup.help}</p>
  </Gate>
)

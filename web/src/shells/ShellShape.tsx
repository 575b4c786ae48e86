import './shells.css'
import { isPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'

/** The shape of a screen while the server has yet to say who is signed in. */
export const ShellShape = () => (
  <div className={isPhone() ? 'phone' : 'desk'}>
    {!isPhone() && <div className="rail" />}
    <main className="screen shape">
      <Skeleton rows={12} />
    </main>
  </div>
)

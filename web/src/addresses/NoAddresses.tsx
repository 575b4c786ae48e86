import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { sessionQuery } from '../api/sessions.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Message } from '../parts/Message.tsx'
import { addresses } from '../texts/en/addresses.ts'

const words = addresses

/** Says that addresses are not looked up, and leads those who can change that to where they do. */
export function NoGeocoder() {
  const { data: session } = useQuery(sessionQuery)
  if (session?.user.role !== 'admin') {
    return (
      <div className="no-geocoder">
        <Message kind="info">{words.noGeocoderOther}</Message>
      </div>
    )
  }
  const link = (
    <Link className="link" to="/settings/geocoder">
      {words.setUp}
    </Link>
  )
  return (
    <div className="no-geocoder">
      <Message kind="info" action={link}>
        {words.noGeocoderAdmin}
      </Message>
    </div>
  )
}

/** In place of rows: none is left, of any reason or of this one. */
export const NoAddresses = ({ isAll }: { readonly isAll: boolean }) =>
  isAll ? (
    <Empty title={words.empty} help={words.emptyHelp}>
      <Link className={buttonClass({})} to="/map" search={{ layer: 'customers' }}>
        {words.customers}
      </Link>
    </Empty>
  ) : (
    <Empty title={words.emptyTab} help={words.emptyTabHelp}>
      <Link className={buttonClass({})} to="/addresses">
        {words.showOthers}
      </Link>
    </Empty>
  )

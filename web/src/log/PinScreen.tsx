import './log.css'
import './log-form.css'
import { getRouteApi } from '@tanstack/react-router'

import { useConsent } from '../near/consent.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { oneOf } from '../search.ts'
import { MissingScreen } from '../shells/MissingScreen.tsx'
import { texts } from '../texts/texts.ts'
import { PinProposal } from './PinProposal.tsx'
import { useClose } from './use-close.ts'
import { useFix } from './use-fix.ts'
import { useLogCustomer } from './use-log-customer.ts'

const route = getRouteApi('/shell/customers/$type/$id/pin')

/** Shows where the door of a customer is, from anywhere but the sheet of a visit. */
export function PinScreen() {
  const params = route.useParams()
  const type = oneOf(['lead', 'contact'], params.type)
  const id = Number(params.id)
  const close = useClose()
  const isPhone = useIsPhone()
  const { consent } = useConsent()
  // Nothing asks for the location here: the pin can be dragged without it.
  const { best } = useFix(isPhone && consent === 'asked')
  const customer = useLogCustomer(type && id > 0 ? { resource_type: type, id } : undefined)
  useTitle(texts.log.pin.title)
  if (!type || !(id > 0) || customer === null) return <MissingScreen />
  return (
    <div className="log">
      {customer ? (
        <PinProposal customer={customer} fix={best} onClose={close} />
      ) : (
        <Skeleton rows={6} />
      )}
    </div>
  )
}

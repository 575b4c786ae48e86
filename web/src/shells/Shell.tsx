import './shells.css'
import { Desk } from './Desk.tsx'
import { useIsPhone } from './is-phone.ts'
import { Phone } from './Phone.tsx'

export const Shell = () => (useIsPhone() ? <Phone /> : <Desk />)

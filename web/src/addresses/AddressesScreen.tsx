import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const AddressesScreen = () => <Bar title={texts.screens.addresses} />

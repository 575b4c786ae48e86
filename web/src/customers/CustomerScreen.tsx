import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const CustomerScreen = () => <Bar title={texts.screens.customer} />

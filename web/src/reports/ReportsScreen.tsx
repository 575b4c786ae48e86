import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const ReportsScreen = () => <Bar title={texts.screens.reports} />

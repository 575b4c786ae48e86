import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const VisitsScreen = () => <Bar title={texts.screens.visits} />

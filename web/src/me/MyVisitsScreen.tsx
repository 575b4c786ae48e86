import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const MyVisitsScreen = () => <Bar title={texts.screens.myVisits} />

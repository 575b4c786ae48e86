import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const TodayScreen = () => <Bar title={texts.screens.today} />

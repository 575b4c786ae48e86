import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const LogScreen = () => <Bar title={texts.screens.log} />

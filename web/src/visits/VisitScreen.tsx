import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const VisitScreen = () => <Bar title={texts.screens.visit} />

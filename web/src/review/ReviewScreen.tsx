import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const ReviewScreen = () => <Bar title={texts.screens.review} />

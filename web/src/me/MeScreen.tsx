import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const MeScreen = () => <Bar title={texts.screens.me} />

import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const NearScreen = () => <Bar title={texts.screens.near} />

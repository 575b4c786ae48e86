import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const MapScreen = () => <Bar title={texts.screens.map} />

import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const MyLocationScreen = () => <Bar title={texts.screens.myLocation} />

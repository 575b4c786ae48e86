import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const ImportScreen = () => <Bar title={texts.screens.import} />

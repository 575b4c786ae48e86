import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const SettingsScreen = () => <Bar title={texts.screens.settings} />

import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

export const OutboxScreen = () => <Bar title={texts.screens.outbox} />

import { SettingsPage } from '../SettingsPage.tsx'

export const OutcomesScreen = () => <SettingsPage section="outcomes">{undefined}</SettingsPage>

import { SettingsPage } from '../SettingsPage.tsx'

export const TokensScreen = () => <SettingsPage section="tokens">{undefined}</SettingsPage>

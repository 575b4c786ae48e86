import { both, clickButton, failing, onPhone, type Shot } from '../shot.ts'

export const settingsShots: readonly Shot[] = [
  { name: 'settings', path: '/settings', on: onPhone },
  { name: 'settings-outcomes', path: '/settings/outcomes', on: both },
  {
    name: 'settings-outcome',
    path: '/settings/outcomes',
    prepare: async (page) => {
      await clickButton('Order placed')(page)
      await page.getByLabel('Colour', { exact: true }).fill('1d7a62')
    },
  },
  { name: 'settings-outcome-new', path: '/settings/outcomes', prepare: clickButton('Add outcome') },
  { name: 'settings-people', path: '/settings/people', on: both },
  { name: 'settings-invite', path: '/settings/people', prepare: clickButton('Invite people') },
  {
    name: 'settings-reports-to',
    path: '/settings/people',
    prepare: (page) =>
      page
        .getByRole('combobox', { name: /^Who leads/ })
        .nth(3)
        .click(),
  },
  { name: 'settings-verification', path: '/settings/verification' },
  {
    name: 'settings-verification-preview',
    path: '/settings/verification?radius=150',
    on: both,
  },
  { name: 'settings-privacy', path: '/settings/privacy' },
  { name: 'settings-map', path: '/settings/map' },
  { name: 'settings-geocoder', path: '/settings/geocoder' },
  { name: 'settings-tokens', path: '/settings/tokens', isMoving: true },
  {
    name: 'settings-token-new',
    path: '/settings/tokens',
    isMoving: true,
    prepare: clickButton('Create token'),
  },
  { name: 'settings-oauth', path: '/settings/oauth' },
  { name: 'settings-general', path: '/settings/general' },
  { name: 'settings-about', path: '/settings/about', isMoving: true },
  { name: 'settings-account', path: '/settings/account', on: both },
  { name: 'settings-of-a-manager', path: '/settings/verification', as: 'manager' },
  { name: 'settings-not-allowed', path: '/import', as: 'rep' },
  { name: 'settings-failed', path: '/settings/people', arrange: failing(/^\/v2\/users/) },
]

import { both, clickButton, failing, loading, onPhone, type Shot } from '../shot.ts'

export const settingsShots: readonly Shot[] = [
  { name: 'settings', isLightOnly: true, path: '/settings', on: onPhone },
  { name: 'settings-outcomes', isLightOnly: true, path: '/settings/outcomes', on: both },
  {
    name: 'settings-outcome',
    path: '/settings/outcomes',
    prepare: async (page) => {
      await clickButton(/^Order placed$/)(page)
      await page.getByLabel('Colour', { exact: true }).fill('#1d7a62')
      await page.keyboard.press('Tab')
    },
  },
  {
    name: 'settings-outcome-new',
    isLightOnly: true,
    path: '/settings/outcomes',
    prepare: clickButton('Add outcome'),
  },
  { name: 'settings-people', path: '/settings/people', on: both },
  {
    name: 'settings-invite',
    isLightOnly: true,
    path: '/settings/people',
    prepare: clickButton('Invite people'),
  },
  {
    name: 'settings-reports-to',
    isLightOnly: true,
    path: '/settings/people',
    prepare: (page) =>
      page
        .getByRole('combobox', { name: /^Who leads/ })
        .nth(3)
        .click(),
  },
  { name: 'settings-verification', isExtra: true, path: '/settings/verification' },
  {
    name: 'settings-verification-preview',
    path: '/settings/verification?radius=150',
    on: both,
  },
  { name: 'settings-privacy', isLightOnly: true, path: '/settings/privacy' },
  { name: 'settings-map', isLightOnly: true, path: '/settings/map' },
  { name: 'settings-geocoder', isLightOnly: true, path: '/settings/geocoder' },
  { name: 'settings-tokens', isLightOnly: true, path: '/settings/tokens', isMoving: true },
  {
    name: 'settings-token-new',
    isLightOnly: true,
    path: '/settings/tokens',
    isMoving: true,
    prepare: clickButton('Create token'),
  },
  { name: 'settings-audit', path: '/settings/audit', on: both, isMoving: true },
  { name: 'settings-oauth', isLightOnly: true, path: '/settings/oauth' },
  { name: 'settings-general', isLightOnly: true, path: '/settings/general' },
  { name: 'settings-about', isLightOnly: true, path: '/settings/about', isMoving: true },
  { name: 'settings-account', isLightOnly: true, path: '/settings/account', on: both },
  {
    name: 'settings-of-a-manager',
    isLightOnly: true,
    path: '/settings/verification',
    as: 'manager',
  },
  loading('settings-people', '/settings/people'),
  { name: 'settings-not-allowed', isLightOnly: true, path: '/import', as: 'rep' },
  {
    name: 'settings-failed',
    isLightOnly: true,
    path: '/settings/people',
    arrange: failing(/^\/v2\/users/),
  },
]

/** Names of screens, as a browser's tab shows them and as the bar does. */
export const screens = {
  map: 'Map',
  visits: 'Visits',
  visit: 'Visit',
  review: 'Review',
  reports: 'Reports',
  addresses: 'Addresses',
  customer: 'Customer',
  customers: 'Customers',
  settings: 'Settings',
  import: 'Import',
  parts: 'Parts',
} as const

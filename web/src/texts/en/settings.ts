/** The frame of the settings; each section has its words in a file of its own. */
export const settings = {
  nav: 'Settings',
  back: 'All settings',
  sections: {
    outcomes: 'Outcomes',
    people: 'People',
    tokens: 'Tokens',
    oauth: 'OAuth apps',
  },
  groups: { data: 'Data and programs', server: 'This server' },
  saving: 'Saving…',
  saved: 'Saved',
  cancel: 'Cancel',
  done: 'Done',
  copy: 'Copy',
  copied: 'Copied',
  adminsOnly: 'Only admins can change this. You see it as it is.',
} as const

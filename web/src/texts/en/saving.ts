/** Of sections of the settings that are saved as a whole, and of what the server has fixed. */
export const saving = {
  save: 'Save',
  saving: 'Saving…',
  discard: 'Discard',
  failed: 'It was not saved. Try again.',
  fixed: 'Set on the server',
  fixedBy: (name: string) =>
    `Whoever runs the server has set this for all accounts, with ${name} or its flag. It is changed there.`,
} as const

export const parts = {
  /** What somebody wrote. */
  quoted: (text: string) => `“${text}”`,
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  filter: 'Filter',
  clear: (what: string) => `Clear ${what}`,
  loading: 'Loading',
  again: 'Try again',
  tryAgain: 'Try again.',
  restFailed: 'The rest could not be loaded.',
  notAnswered: 'The server did not answer as it should.',
  retrying: (seconds: number) => `Trying again in ${seconds} s`,
  notCopied: 'Could not be copied. Select it and copy by hand',
  details: 'Details',
  request: 'Request',
} as const

export const parts = {
  close: 'Close',
  undo: 'Undo',
  filter: 'Filter',
  clear: (what: string) => `Clear ${what}`,
  loading: 'Loading',
  again: 'Try again',
  retrying: (seconds: number) => `Trying again in ${seconds} s`,
  notCopied: 'Could not be copied. Select it and copy by hand',
  details: 'Details',
  request: 'Request',
} as const

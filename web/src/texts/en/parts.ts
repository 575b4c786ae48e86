export const parts = {
  close: 'Close',
  undo: 'Undo',
  loading: 'Loading',
  retrying: (seconds: number) => `Trying again in ${seconds} s`,
  details: 'Details',
  request: 'Request',
} as const

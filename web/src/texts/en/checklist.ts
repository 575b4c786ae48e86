import { count } from '../format.ts'

export const checklist = {
  title: 'To begin with',
  progress: (done: number, all: number) => `${done} of ${all}`,
  isDone: 'done',
  hide: 'Hide this list',
  steps: {
    outcomes: 'Choose the outcomes',
    people: 'Invite people',
    visits: 'Bring visits in',
    addresses: 'Place every customer',
    phone: 'Log a visit by phone',
  },
  help: {
    outcomes: 'Five are there. Name them as your team speaks.',
    people: 'Each gets a link that works once.',
    visits: 'From Sell or from files.',
    addresses: 'Visits are verified against the place of the customer.',
    phone: 'Open this address with the camera of a phone.',
  },
  unplaced: (value: number) => `${count(value)} have no place yet.`,
  code: (address: string) => `Code for a phone’s camera: ${address}`,
  here: 'A phone cannot reach this address, which is that of this machine alone. Open Doorstep by the name of the machine in your network.',
  notHttps:
    'This address is not https. Browsers then give no location, and Doorstep cannot be installed on the phone.',
} as const

import { accuracy, metres } from '../format.ts'

/** A new lead where the rep stands. */
export const newLead = {
  title: 'New lead here',
  close: 'Close',
  drag: 'Hold and drag the pin',
  pin: 'Pin of the new lead. Arrow keys move it, with Shift farther.',
  fromYou: (m: number, sure: number) =>
    `The pin is ${metres(m)} from you, sure to ${accuracy(sure)}.`,
  noFix: 'Drag the pin to the door.',
  noPlace: 'Move the map to the door: the pin stands in its middle.',
  name: 'Name',
  address: 'Address',
  phone: 'Phone',
  note: 'Note',
  optional: 'if you have it',
  needsName: 'A name is needed: of the business or the person.',
  isIt: (name: string) => `Or is it ${name}?`,
  already: { lead: 'Already a lead', contact: 'Already a contact' },
  fromPin: (m: number) => `${metres(m)} from the pin`,
  saveAndLog: 'Save and log visit',
  saveOnly: 'Save only',
  saving: 'Saving',
  offline:
    'A new lead needs a network. What you typed stays on this phone and stands in Near me until ' +
    'it is saved.',
  offlineInPage:
    'A new lead needs a network. What you typed stands in Near me as long as this page is open.',
  failed: 'The lead was not saved.',
  saved: (name: string) => `${name} is a lead now`,
  discard: 'Discard it',
  discarded: 'Discarded',
} as const

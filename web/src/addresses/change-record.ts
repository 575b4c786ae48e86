import type { LeadChange } from '@doorstep/contract/leads'

import { client } from '../api/client.ts'
import type { Kind } from '../api/placed-customers.ts'

/**
 * Writes an address or a place, whatever else of the record has changed. updateRecord would first read a
 * record of which the lists of addresses hold no tag, and refuse the change if another part of it is new.
 */
export const changeRecord = (type: Kind, id: number, attributes: LeadChange & object) =>
  type === 'lead' ? client.leads.update(id, attributes) : client.contacts.update(id, attributes)

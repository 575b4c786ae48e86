import type { CustomField } from '../../domain/custom-fields.ts'
import type { Label, LabelList } from '../../domain/labels.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type { ImportEffect } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'

/** A label with the list that it belongs to. */
export interface SentLabel extends Label {
  readonly list: LabelList
}

/**
 * Saves tags, lead statuses and lead sources. Each replaces an entry of the same name that was created
 * here, and the first statuses replace those of a new account.
 */
export async function importLabels(
  tx: Transaction,
  incoming: readonly SentLabel[],
): Promise<ImportEffect[]> {
  const effects: ImportEffect[] = []
  for (const { list, ...sent } of incoming) {
    const before = (await tx.labels.find(list, [sent.id])).get(sent.id)
    if (before && (sent.updatedAt < before.updatedAt || sameFields(before, sent))) {
      effects.push('unchanged')
      continue
    }
    const named = await tx.labels.findByName(list, sent.resourceKind, [sent.name])
    const replaced = list === 'tags' ? named.filter(({ name }) => name === sent.name) : named
    await tx.labels.remove(list, await localIds(tx, replaced))
    if (list === 'lead_statuses') await tx.labels.removeDefaults(list)
    await tx.labels.save(list, [sent])
    effects.push(before ? 'updated' : 'created')
  }
  return effects
}

/** Saves custom fields. Each replaces a field of the same name that was created or learned here. */
export async function importCustomFields(
  tx: Transaction,
  incoming: readonly CustomField[],
): Promise<ImportEffect[]> {
  const effects: ImportEffect[] = []
  for (const sent of incoming) {
    const { resourceKind: kind, id } = sent
    const before = (await tx.customFields.find(kind, [id])).get(id)
    if (before && (sent.updatedAt < before.updatedAt || sameFields(before, sent))) {
      effects.push('unchanged')
      continue
    }
    const named = await tx.customFields.findByName(kind, [sent.name])
    await tx.customFields.remove(kind, await localIds(tx, named))
    await tx.customFields.save([sent])
    effects.push(before ? 'updated' : 'created')
  }
  return effects
}

async function localIds(
  { account }: Transaction,
  found: readonly { readonly id: number }[],
): Promise<number[]> {
  if (found.length === 0) return []
  const first = await account.firstLocalId()
  return found.map(({ id }) => id).filter((id) => id >= first)
}

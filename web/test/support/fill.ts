// They run in the page, so that they hold all that they need.

interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Puts 5,000 made customers around a place into the page's own database. */
export async function fillWithCustomers(around: Place): Promise<void> {
  const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('doorstep-'))
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(found?.name ?? '')
    opening.addEventListener('success', () => resolve(opening.result))
  })
  const transaction = database.transaction('records', 'readwrite')
  const store = transaction.objectStore('records')
  for (let at = 0; at < 5_000; at += 1) {
    const id = 1_000_000 + at
    store.put(
      {
        resource_type: 'lead',
        id,
        name: `Made ${at}`,
        address: `${at} Mill Lane, Riverside, 1234-567, PT`,
        latitude: around.latitude + at / 500_000,
        longitude: around.longitude,
        radius_m: 150,
        owner_id: 502,
        sites: [],
        last_visit: null,
        visits_count: 0,
        visit_every_days: null,
        due_at: null,
      },
      `lead:${id}`,
    )
  }
  await new Promise((resolve) => transaction.addEventListener('complete', resolve))
  database.close()
}

/** Puts so many visits to a lead into the page's own outbox, as if they had been logged one after another. */
export async function fillOutbox({ leadId, count }: { leadId: number; count: number }) {
  const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('doorstep-'))
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(found?.name ?? '')
    opening.addEventListener('success', () => resolve(opening.result))
  })
  const transaction = database.transaction('outbox', 'readwrite')
  for (let at = 0; at < count; at += 1) {
    const addedAt = new Date(Date.now() - (count - at) * 1_000).toISOString()
    const draft = { resource_type: 'lead', resource_id: leadId, visited_at: addedAt }
    const row = { key: `filled-${at}`, order: at + 1, addedAt, draft }
    transaction.objectStore('outbox').put({ ...row, draft: { ...draft, summary: `No. ${at}` } })
  }
  await new Promise((resolve) => transaction.addEventListener('complete', resolve))
  database.close()
}

/** Puts a visit that waits into the page's own outbox, and one that the server has refused. */
export async function fillWaiting({ id, name }: { id: number; name: string }) {
  const found = (await indexedDB.databases()).find((each) => each.name?.startsWith('doorstep-'))
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(found?.name ?? '')
    opening.addEventListener('success', () => resolve(opening.result))
  })
  const transaction = database.transaction(['outbox', 'names'], 'readwrite')
  const put = (order: number, resourceId: number, minutes: number, rest: object) => {
    const addedAt = new Date(Date.now() - minutes * 60_000).toISOString()
    const draft = { resource_type: 'lead', resource_id: resourceId, visited_at: addedAt }
    transaction.objectStore('outbox').put({ key: `waits-${order}`, order, addedAt, draft, ...rest })
  }
  put(1, id, 8, {})
  const refusal = { status: 422, code: 'x', details: 'This customer was deleted', errors: [] }
  put(2, 999, 190, { refusal })
  transaction.objectStore('names').put({ name, address: null }, `lead:${id}`)
  transaction.objectStore('names').put({ name: 'Gone Grocer', address: null }, 'lead:999')
  await new Promise((resolve) => transaction.addEventListener('complete', resolve))
  database.close()
}

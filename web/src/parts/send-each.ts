import { leaving } from './leaving.ts'

/** As many requests at a time as do not keep the others of a page waiting. */
const atOnceMax = 4

const batches = new Set<() => void>()

leaving.add(() => {
  for (const sendRest of batches) sendRest()
})

window.addEventListener('beforeunload', (event) => {
  if (batches.size > 0) event.preventDefault()
})

/** Sends all of them, some at a time; all that is left at once when the page goes away. */
export async function sendEach<Entry>(
  entries: readonly Entry[],
  send: (entry: Entry) => Promise<void>,
): Promise<void> {
  const left = [...entries]
  const sendRest = async () => {
    await Promise.all(left.splice(0).map(send))
  }
  const sendSome = async () => {
    for (let entry = left.shift(); entry !== undefined; entry = left.shift()) await send(entry)
  }
  if (leaving.isNow()) return sendRest()
  const batch = () => void sendRest()
  batches.add(batch)
  try {
    await Promise.all(Array.from({ length: atOnceMax }, sendSome))
  } finally {
    batches.delete(batch)
  }
}

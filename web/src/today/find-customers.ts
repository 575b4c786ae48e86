import type { Customer } from '@doorstep/contract/customers'

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** The later it is due, the later it comes; then those who have not been visited for the longest. */
const orderOf = ({ due_at: due, last_visit: last }: Customer): string =>
  due === null ? `b ${last?.at ?? ''}` : `a ${due}`

/**
 * Customers whose name or address has words that begin with all that were typed; one's own first, the
 * most overdue first, then those who have waited longest.
 */
export function findCustomers(
  customers: readonly Customer[],
  typed: string,
  userId: number | undefined,
): readonly Customer[] {
  const wanted = wordsOf(typed)
  const isOther = ({ owner_id: owner }: Customer): number => (owner === userId ? 0 : 1)
  return customers
    .filter(({ name, address }) => {
      const words = wanted.length > 0 ? wordsOf(`${name} ${address ?? ''}`) : []
      return wanted.every((start) => words.some((word) => word.startsWith(start)))
    })
    .toSorted((a, b) => {
      const [one, other] = [orderOf(a), orderOf(b)]
      const order = one === other ? 0 : one < other ? -1 : 1
      return isOther(a) - isOther(b) || order || a.name.localeCompare(b.name)
    })
}

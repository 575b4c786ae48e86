import type { Customer } from '../api/customers.ts'
import type { Names } from '../visits/columns.tsx'
import type { CustomersSearch } from './customers-search.ts'

/** What the list gets at either width. */
export interface CustomersProps {
  readonly search: CustomersSearch
  readonly onChange: (change: Partial<CustomersSearch>) => void
  /** In the order in which they are shown. */
  readonly rows: readonly Customer[]
  /** How many there are without filters, if that is known. */
  readonly all: number | undefined
  /** Whether there are more than could be read. */
  readonly isCut: boolean
  readonly isLoading: boolean
  /** Whether what is shown is still the answer to the filters before. */
  readonly isOld: boolean
  readonly error: Error | null
  readonly onRetry: () => void
  readonly names: Names
}

import { customersMax } from '../api/customers.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { texts } from '../texts/texts.ts'
import type { CustomersProps } from './customers-props.ts'

const { footer, customers } = texts.customers

const keys = [
  [['J', 'K'], footer.move],
  [['Enter'], footer.open],
  [['F'], footer.find],
  [['N'], footer.create],
] as const

/** How many customers are shown, of which, and the keys; empty until it is known. */
export function CustomersFoot({
  rows,
  all,
  isCut,
  isLoading,
  error,
}: Pick<CustomersProps, 'rows' | 'all' | 'isCut' | 'isLoading' | 'error'>) {
  if (isLoading || (error && rows.length === 0)) return <footer className="visits-foot" />
  return (
    <footer className="visits-foot num">
      <span role="status">
        <b>{customers(rows.length)}</b>
        {all !== undefined && all > rows.length && ` ${footer.of(all)}`}
      </span>
      <span aria-hidden="true">{'·'}</span>
      <span dir="auto" className="ellipsis">
        {isCut ? footer.cut(customersMax) : footer.seen}
      </span>
      <span className="spread" />
      <span className="keys" aria-hidden="true">
        {keys.map(([names, what]) => (
          <span key={what}>
            {names.map((name) => (
              <Kbd key={name}>{name}</Kbd>
            ))}
            {what}
          </span>
        ))}
      </span>
    </footer>
  )
}

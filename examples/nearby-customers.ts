// node examples/nearby-customers.ts LATITUDE LONGITUDE [METRES]
// Prints the ten nearest customers with their last visit, within 5 km or that far.
import { connect } from './connect.ts'

const [latitude = Number.NaN, longitude = Number.NaN, metres = 5_000] = process.argv
  .slice(2)
  .map(Number)

const client = connect()
const { items } = await client.customers.list({
  near: [latitude, longitude, metres],
  per_page: 10,
})
for (const { data: customer } of items) {
  if ('deleted' in customer) continue
  const { name, address, last_visit } = customer
  const last = last_visit ? `visited ${last_visit.at.slice(0, 10)}` : 'never visited'
  console.log([name, address, last].join('\t'))
}

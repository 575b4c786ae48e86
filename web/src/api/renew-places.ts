import { queryClient, renew } from './query-client.ts'

/** What shows customers, where they are, or what their places decide. */
const nouns = new Set<unknown>([
  'customers',
  'map',
  'unplaced',
  'reports',
  'visit_reports',
  'review_counts',
  'checklist',
])

/** Reads again what changes with a customer or its place. */
export async function renewPlaces(): Promise<void> {
  // The rows that were fixed have left these lists already; others are read when they are shown.
  const isList = (noun: unknown, part: unknown) => noun === 'unplaced' && part === 'list'
  await queryClient.invalidateQueries({ queryKey: ['unplaced', 'list'], refetchType: 'none' })
  await renew(['visits'])
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [noun, part] }) => nouns.has(noun) && !isList(noun, part),
  })
}

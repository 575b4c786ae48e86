const given = process.env['RANDOM_RUNS'] || '1'

/** How many times as often tests with random input repeat themselves, for who looks for what is rare. */
export const randomRuns = Number(given)

if (!Number.isInteger(randomRuns) || randomRuns < 1 || randomRuns > 1_000) {
  throw new Error(`RANDOM_RUNS is a whole number from 1 to 1000, not ${given}.`)
}

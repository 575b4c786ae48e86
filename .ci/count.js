// Adds up what `npm run check` and the runs of tests left in a folder. A run that ended badly counts as at
// least one failure, whatever it wrote.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Characters of a failure that the end of the log repeats. */
const messageMax = 1_000

const [folder, checkStatus, ...runs] = process.argv.slice(2)

function read(file) {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return ''
  }
}

function checkCounts() {
  const steps = [...read('check.txt').matchAll(/^(passed|failed) {2}.* \d+\.\d s$/gm)]
  const passed = steps.filter(([, outcome]) => outcome === 'passed').length
  return { passed, failed: steps.length - passed }
}

function testCounts(file) {
  const report = read(file)
  if (report === '') return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report)
  const hasFailed = ({ status }) => status === 'failed'
  // A file that fails before its first test, on an import for example, has no failed test to count.
  const brokenFiles = testResults.filter(
    (it) => hasFailed(it) && !it.assertionResults.some(hasFailed),
  )
  for (const { name, assertionResults } of testResults.filter(hasFailed)) {
    console.log(`failed: ${name}`)
    for (const test of assertionResults.filter(hasFailed)) {
      console.log(`  ${test.fullName}\n${test.failureMessages.join('\n').slice(0, messageMax)}`)
    }
  }
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length }
}

function withStatus({ passed, failed }, status) {
  return { passed, failed: status === '0' ? failed : Math.max(failed, 1) }
}

const checks = withStatus(checkCounts(), checkStatus)
const counts = [checks]
for (let at = 0; at < runs.length; at += 2) {
  const [file, status] = runs.slice(at)
  counts.push(withStatus(testCounts(file), status))
}

const total = (outcome) => counts.reduce((sum, count) => sum + count[outcome], 0)
const failed = total('failed')
console.log(`${total('passed')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

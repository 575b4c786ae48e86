import { floorShareMin } from './cases.ts'
import type { Memory } from './processes.ts'
import { type CaseSummary, type Summary, type Verdict, verdictsOf } from './summary.ts'

/** The summary as plain text. */
export function printSummary(summary: Summary): string {
  const { machine, cases, server, importing } = summary
  const { visits, bytes, seconds } = importing.measured
  const verdicts = verdictsOf(summary)
  const missed = verdicts.filter(({ isMet }) => !isMet).length
  return [
    machine,
    '',
    ...table([header, ...cases.map(row)]),
    '',
    `server: ${printMemory(server.memory, server.verdict)}`,
    `import: ${printMemory(importing.measured, importing.memoryVerdict)}`,
    `        ${visits} visits (with the rest ${mb(bytes)}) in ${seconds.toFixed(1)} s: ` +
      `${Math.round(visits / seconds)} visits/s, ` +
      `expected ${importing.speedVerdict.limit}: ${mark(importing.speedVerdict)}`,
    '',
    `${verdicts.length - missed} expectations met, ${missed} missed`,
    ...noiseWarning(cases),
  ].join('\n')
}

const othersMax = 0.1

function noiseWarning(cases: readonly CaseSummary[]): string[] {
  const most = Math.max(0, ...cases.map(({ stolen, others }) => stolen + others))
  if (most <= othersMax) return []
  return [
    `Other processes used up to ${percent(most)} of the cores in a case: trust CPU times more than ` +
      'requests per second, and measure again when the machine is quiet.',
  ]
}

const header = [
  'of a million visits',
  'req/s',
  'CPU µs',
  'at first',
  'floor',
  'share',
  'of CPU',
  `>= ${floorShareMin}`,
  'against',
  'CPU',
  'time',
  'expected',
  'stolen',
  'others',
]

function row({ name, floor, baseline, ...each }: CaseSummary): string[] {
  const limit = baseline?.verdict ? `<= ${baseline.verdict.limit} ` : ''
  return [
    name,
    each.perSecond.toFixed(0),
    each.cpuUs.toFixed(0),
    each.firstCpuUs?.toFixed(0) ?? '-',
    floor.perSecond.toFixed(0),
    floor.share.toFixed(3),
    floor.cpuShare.toFixed(3),
    mark(floor.verdict),
    baseline?.name ?? '-',
    baseline?.cpuRatio.toFixed(2) ?? '-',
    baseline?.timeRatio.toFixed(2) ?? '-',
    `${limit}${mark(baseline?.verdict)}`,
    percent(each.stolen),
    percent(each.others),
  ]
}

const mark = (verdict: Verdict | undefined): string =>
  verdict ? (verdict.isMet ? 'met' : 'missed') : '-'

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`

const printMemory = (
  { peakBytes, anonBytes, fileBytes }: Pick<Memory, 'peakBytes' | 'anonBytes' | 'fileBytes'>,
  verdict: Verdict,
): string =>
  `${mb(anonBytes)} of its own at most (of files ${mb(fileBytes)}, resident ${mb(peakBytes)}), ` +
  `expected ${mb(verdict.limit)}: ${mark(verdict)}`

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  '),
  )
}

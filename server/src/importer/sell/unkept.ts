import type { ImportGap } from '../../domain/imports.ts'

const isUnkept = ({ reason }: ImportGap): boolean => / could not be kept: /.test(reason)

/** The gaps with that of visits that Sell has told of and that were not understood. */
export function withUnkept(gaps: readonly ImportGap[], unkept: number): readonly ImportGap[] {
  const others = gaps.filter((gap) => !isUnkept(gap))
  if (unkept === 0) return others
  const visits = unkept === 1 ? '1 visit' : `${unkept} visits`
  const reason = `${visits} could not be kept: the import names each with the reason`
  return [...others, { list: 'visits', filter: '', reason, missingMax: unkept }]
}

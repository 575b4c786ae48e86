import '../parts/finding.css'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { imports } from '../texts/en/imports.ts'

const { verification } = imports

/** Whether two sides are equal, by shape, colour and word. */
export const EqualMark = ({ isEqual }: { readonly isEqual: boolean }) => (
  <span className={isEqual ? 'finding verified' : 'finding refused'}>
    <FindingIcon kind={isEqual ? 'verified' : 'refused'} size={16} />
    {isEqual ? verification.equalMark : verification.differentMark}
  </span>
)

import { basePath } from '../base-path.ts'

/** The address of a visit's page, for somebody else. */
export const visitLink = (id: number): string => `${location.origin}${basePath}/visits/${id}`

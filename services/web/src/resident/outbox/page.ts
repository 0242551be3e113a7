import type { FiledRequest } from '../../shared/contract.ts'

/** The address of a report's own page, on the origin that is open now. */
export function pageOf(filed: Pick<FiledRequest, 'reference' | 'secret'>): string {
  return `/m/${encodeURIComponent(filed.reference)}/${encodeURIComponent(filed.secret)}`
}

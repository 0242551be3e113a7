import type { ProblemBody } from '../shared/api.ts'
import type { StaffRequest } from '../shared/contract.ts'

/** Who was faster: the problem may say so; else whoever works on the request, or wrote the newest note. */
export function changedBy(problem: ProblemBody & { by?: unknown }, now: Pick<StaffRequest, 'notes' | 'claimed_by'> | null): string | null {
  if (typeof problem.by === 'string' && problem.by) return problem.by
  return now?.claimed_by || now?.notes.at(-1)?.by || null
}

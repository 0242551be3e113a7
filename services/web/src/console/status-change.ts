import type { Status } from '../shared/contract.ts'

/** What a clerk chooses: another status, or an answer that leaves the status. */
export type Choice = Status | 'answer'

/** Names the fields without which the choice says nothing to the resident. */
export function missingIn(choice: Choice, note: string, agency: string): ('note' | 'agency')[] {
  const missing: ('note' | 'agency')[] = []
  if (choice === 'handed_over' && !agency.trim()) missing.push('agency')
  if ((choice === 'answer' || choice === 'not_possible') && !note.trim()) missing.push('note')
  return missing
}

/** The change as the API takes it: only what was said. */
export function changeOf(choice: Choice, note: string, agency: string) {
  return {
    ...(choice !== 'answer' && { status: choice }),
    ...(note.trim() && { status_note: note.trim() }),
    ...(choice === 'handed_over' && { agency_responsible: agency.trim() }),
  }
}
